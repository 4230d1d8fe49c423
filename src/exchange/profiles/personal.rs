//! Cells that hold somebody's number or address, as far as that can be told: they are masked wherever they stand.

/// Digits of a telephone number with its area, at least and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 10..=14;
/// With what the name of a street ends.
const STREETS: [&str; 22] = [
    "road", "rd", "street", "st", "lane", "close", "avenue", "ave", "drive", "way", "court", "place", "terrace",
    "crescent", "gardens", "rise", "hill", "row", "square", "walk", "grove", "mews",
];

/// Whether `text` has somebody's number, address or place of living in it.
pub fn is_personal(text: &str) -> bool {
    has_number_or_mail(text) || has_postcode(text) || has_street(text)
}

/// Whether `text` has a telephone number or an e-mail address in it.
pub fn has_number_or_mail(text: &str) -> bool {
    let is_mail = |word: &str| word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    text.split_whitespace().any(is_mail)
        || text.split(|c: char| !c.is_ascii_digit() && !" +()-".contains(c)).any(is_number)
}

fn is_number(run: &str) -> bool {
    let run = run.trim_matches([' ', '-', ')']);
    let is_dated = run.as_bytes().get(2) == Some(&b'-');
    run.starts_with(['0', '+', '(']) && !is_dated && DIGITS.contains(&run.bytes().filter(u8::is_ascii_digit).count())
}

fn words(text: &str) -> Vec<&str> {
    text.split([' ', ',', ';', '\n']).filter(|word| !word.is_empty()).collect()
}

/// "SW1A 1AA", with its blank or without.
fn has_postcode(text: &str) -> bool {
    let (letter, digit) = (|one: u8| one.is_ascii_alphabetic(), |one: u8| one.is_ascii_digit());
    let is_outward = |one: &str| match one.as_bytes() {
        [a, b] => letter(*a) && digit(*b),
        [a, b, c] => letter(*a) && ((digit(*b) && c.is_ascii_alphanumeric()) || (letter(*b) && digit(*c))),
        [a, b, c, d] => letter(*a) && letter(*b) && digit(*c) && d.is_ascii_alphanumeric(),
        _ => false,
    };
    let is_inward = |one: &str| matches!(one.as_bytes(), [a, b, c] if digit(*a) && letter(*b) && letter(*c));
    let words = words(text);
    let is_joined = |word: &&str| {
        let at = word.len().saturating_sub(3);
        word.split_at_checked(at).is_some_and(|(outward, inward)| is_outward(outward) && is_inward(inward))
    };
    words.windows(2).any(|two| matches!(two, [one, other] if is_outward(one) && is_inward(other)))
        || words.iter().any(is_joined)
}

/// "14 Mill Lane".
fn has_street(text: &str) -> bool {
    let words = words(text);
    let is_house = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let is_street = |word: &&str| STREETS.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let house = words.iter().position(|word| is_house(word));
    house.is_some_and(|at| words.iter().skip(at + 2).take(3).any(is_street))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_told_from_what_stands_in_other_columns() {
        for text in [
            "07700 900001",
            "+44 7700 900001",
            "(01632) 960001",
            "07700-900001",
            "ring mum on 07700900001 after 5",
            "ivy@example.com",
            "14 Mill Lane",
            "Flat 2, 14 Mill Lane, Ulverby",
            "ZZ99 3CC",
            "Ulverby ZZ993CC",
            "2a St John's Road",
        ] {
            assert!(is_personal(text), "{text}");
        }
        for text in [
            "",
            "8KM",
            "Year 8",
            "03/11/2026",
            "03-11-2026 AM",
            "2026-11-03 08:45",
            "B801200005001",
            "004101",
            "Khan, Amira",
            "AM",
            "/",
            "07:55",
            "Week 02/11/2026 1",
            "12 Dec",
            "@home",
            "100%",
            "Room 14",
            "10 Green",
        ] {
            assert!(!is_personal(text), "{text}");
        }
    }
}
