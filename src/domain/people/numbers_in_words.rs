//! Telephone numbers and e-mail addresses that stand in what somebody said or wrote down.

use super::contact::masked;

/// Digits of the shortest number.
const SHORTEST: usize = 6;

/// `words` with its telephone numbers masked, as numbers that stand by themselves are, and its e-mail addresses. A date stays, and so does
/// what may be anything: "rooms 12 14 16".
pub fn without_numbers(words: &str) -> String {
    let mut shown = String::new();
    let (mut rest, mut before) = (words, None);
    while let Some(sign) = rest.chars().next() {
        let is_inside = before.is_some_and(|before: char| before.is_alphanumeric() || before == '•');
        let length = if is_inside { None } else { address(rest).or_else(|| number(rest)) };
        let (taken, after) = rest.split_at_checked(length.unwrap_or(sign.len_utf8())).unwrap_or((rest, ""));
        match length {
            Some(_) => shown.push_str(masked(if taken.contains('@') { "" } else { taken }).trim_end()),
            None => shown.push(sign),
        }
        (rest, before) = (after, taken.chars().next_back());
    }
    shown
}

/// The bytes of the e-mail address that `text` begins with.
fn address(text: &str) -> Option<usize> {
    let ends = |sign: char| !(sign.is_alphanumeric() || "._%+-@".contains(sign));
    let word = text.split(ends).next()?.trim_end_matches('.');
    let (name, host) = word.split_once('@')?;
    (!name.is_empty() && host.contains('.')).then_some(word.len())
}

/// The bytes of the telephone number that `text` begins with.
fn number(text: &str) -> Option<usize> {
    let is_of = |sign: char| sign.is_ascii_digit() || " -()+\u{a0}".contains(sign);
    let run = text.split(|sign| !is_of(sign)).next()?;
    let run = run.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let groups: Vec<&str> = run.split(|sign: char| !sign.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    if lengths.iter().sum::<usize>() < SHORTEST
        || !run.starts_with(|sign: char| sign.is_ascii_digit() || "+(".contains(sign))
    {
        return None;
    }
    if text.get(run.len()..).is_some_and(|after| after.starts_with(char::is_alphanumeric)) {
        return None;
    }
    // Of "(01632 960100)" the bracket is no part.
    if run.starts_with('(') && !run.contains(')') {
        return None;
    }
    let dates = [[4, 2, 2], [2, 2, 4], [1, 2, 4], [2, 1, 4], [1, 1, 4], [2, 2, 2]];
    let are_dates = lengths.chunks(3).all(|chunk| dates.iter().any(|date| chunk == date));
    let is_dialled =
        run.starts_with(['0', '+', '(']) || lengths.iter().any(|length| *length >= SHORTEST) || lengths == [3, 4];
    (is_dialled && !are_dates).then_some(run.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_and_addresses_in_words_are_masked_and_nothing_else() {
        for (words, shown) in [
            ("rang 07700 900123, no answer", "rang •••• 123, no answer"),
            ("rang back on 07700900123.", "rang back on •••• 123."),
            ("+44 (0)7700 900-123 is dad’s", "•••• 123 is dad’s"),
            ("Mrs Khan (01632 960100)", "Mrs Khan (•••• 100)"),
            ("(01632) 960 001 or 960 0014", "•••• 001 or •••• 014"),
            ("mail a.khan@example.org. Thanks", "mail ••••. Thanks"),
            ("2026-11-24 to 2026-11-25", "2026-11-24 to 2026-11-25"),
            ("from 24-11-2026, 24/11/2026 and 24 11 2026", "from 24-11-2026, 24/11/2026 and 24 11 2026"),
            ("back at 09:20, room 12, rooms 12 14 16 18", "back at 09:20, room 12, rooms 12 14 16 18"),
            ("bus 07700900123x and B801200005001", "bus 07700900123x and B801200005001"),
            ("•••• 123456 stays", "•••• •••• 456 stays"),
            ("", ""),
        ] {
            assert_eq!(without_numbers(words), shown);
        }
    }

    proptest! {
        #[test]
        fn a_number_is_masked_wherever_it_stands(before in "([a-zé’., ]* )?", after in "([ ,.;:][a-zé’., ]*)?", number in "0[1-9][0-9]{9}") {
            let shown = without_numbers(&format!("{before}{number}{after}"));
            prop_assert_eq!(shown, format!("{before}{}{after}", masked(&number)));
        }

        #[test]
        fn any_words_have_an_answer(words in ".{0,40}") {
            let once = without_numbers(&words);
            prop_assert!(words.chars().any(|sign| sign.is_ascii_digit() || sign == '@') || once == words);
        }
    }
}
