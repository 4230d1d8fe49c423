//! Telephone numbers: as the school wrote them, and compared by what they dial.

/// Digits of a British number behind its 0; a few have one less.
const NATIONAL: usize = 10;
const NATIONAL_LEAST: usize = NATIONAL - 1;

/// One number of a contact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// As imported.
    pub number: String,
    /// It is also the number of somebody who must not be contacted about this pupil.
    pub barred: bool,
}

impl Phone {
    /// A number that nobody who is barred has.
    pub fn of(number: impl Into<String>) -> Phone {
        Phone { number: number.into(), barred: false }
    }

    /// Whether `number` dials the same.
    pub fn is(&self, number: &str) -> bool {
        same_number(&self.number, number)
    }
}

/// What a number dials, however it is written: its digits, without the 0, the 00 or the 44 they begin with. `None` where nothing
/// could be dialled: no digits, or noughts alone.
pub fn number_key(number: &str) -> Option<String> {
    key_of(&digits(number))
}

fn key_of(digits: &str) -> Option<String> {
    let plain = digits.trim_start_matches('0');
    let national = plain.strip_prefix("44").map(|rest| rest.trim_start_matches('0'));
    let key = national.filter(|rest| rest.len() >= NATIONAL_LEAST && plain.len() > NATIONAL).unwrap_or(plain);
    Some(key.to_owned()).filter(|key| !key.is_empty())
}

/// Every digit that is written. A letter beside one that looks like one was meant for one: "90O456".
fn digits(number: &str) -> String {
    let is_like_one = |sign: char| sign.is_ascii_digit() || "OolI".contains(sign);
    let meant = |sign: char| match sign {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        digit => digit,
    };
    // Behind a country's code the 0 in brackets is not dialled.
    let written = number.replace("(0)", "");
    let runs = written.split(|sign| !is_like_one(sign)).filter(|run| run.contains(|sign: char| sign.is_ascii_digit()));
    runs.flat_map(str::chars).map(meant).collect()
}

/// Whether two numbers dial the same.
pub fn same_number(one: &str, other: &str) -> bool {
    one == other || number_key(one).is_some_and(|key| number_key(other) == Some(key))
}

/// Whether so many digits are written that a whole number is among them.
pub fn is_whole(number: &str) -> bool {
    number_key(number).is_some_and(|key| key.len() >= NATIONAL_LEAST)
}

/// Whether two numbers may dial the same, whatever is written with either: an extension, a time of day, a code that withholds the
/// caller, a second number. For who must not be rung when in doubt.
pub fn may_be_same(one: &str, other: &str) -> bool {
    let (left, right) = (digits(one), digits(other));
    let has = |digits: &str, numbers: Vec<String>| numbers.iter().any(|number| digits.contains(number.as_str()));
    same_number(one, other) || has(&left, nationals(&right)) || has(&right, nationals(&left))
}

/// The numbers that these digits may dial, each without its 0 or country's code: all of them, and whatever ten stand behind a 0 or
/// a 44 anywhere in them.
fn nationals(digits: &str) -> Vec<String> {
    let behind = |(at, _): (usize, char)| {
        // Behind a 00 that comes first is another country's code, not a number of ours.
        let rest = digits.get(at..)?;
        let trunk = rest.strip_prefix('0').filter(|_| at != 1 || !digits.starts_with("00"));
        trunk.or_else(|| rest.strip_prefix("44"))?.get(..NATIONAL).filter(|number| !number.starts_with('0'))
    };
    let inside = digits.char_indices().filter_map(behind).map(str::to_owned);
    key_of(digits).filter(|key| key.len() >= NATIONAL_LEAST).into_iter().chain(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for same in [
            "07700 900456",
            "07700900456",
            "7700900456",
            "+44 7700 900456",
            "+44 (0)7700 900456",
            "0044 7700 900456",
            "447700900456",
            "07700-900-456 (work)",
            "(07700) 900456",
        ] {
            assert!(same_number("07700 900456", same), "{same}");
        }
        for other in ["07700 900457", "", "n/a", "0", "01632 960456", "900456", "44"] {
            assert!(!same_number("07700 900456", other), "{other}");
        }
        assert!(same_number("(01632) 960456", "+44 1632 960456"));
        assert_eq!(number_key("0441 234567"), Some("441234567".to_owned()), "no country's code");
        assert!(same_number("07700 90O456", "O77OO 900456") && same_number("l632 96000l", "01632 960001"));
        for none in ["", "n/a", "-", "0", "000 000", "ask Jo"] {
            assert_eq!(number_key(none), None, "{none}");
        }
    }

    #[test]
    fn a_number_may_be_the_same_whatever_is_written_with_it() {
        let written = [
            "07700 900456",
            "7700900456",
            "07700 900456 (after 5)",
            "07700 900456 ext 12",
            "07700 900456 *2",
            "07700 900456 (mum 2)",
            "2nd: 07700 900456",
            "141 07700 900456",
            "1470 07700 900456",
            "1470 07700 900456 *2",
            "07700900456.0",
            "011447700900456",
            "+44 (0)7700 900456 x3",
            "0044 (0) 7700 900456",
            "07700 90O456",
            "07700 900456,07700 900111",
            "01632 960001 / 07700 900456",
            "0163296000107700900456",
        ];
        for one in written {
            for other in written {
                assert!(may_be_same(one, other), "{one} and {other}");
            }
            for another in
                ["07700 900457", "07700 900457 (after 5)", "1470 07700 900457", "900456", "", "n/a", "(mum 2)"]
            {
                assert!(!may_be_same(one, another) && !may_be_same(another, one), "{one} and {another}");
            }
        }
        assert!(may_be_same("+353 86 123 4567", "086 123 4567 (work)") && may_be_same("01632 96001", "01632 96001 x2"));
        assert!(!may_be_same("00353 86 123 4567", "00353 86 123 4589"), "of another country");
        assert!(may_be_same("960456", "960 456") && !may_be_same("960456", "01632 960456"));
        assert!(!may_be_same("", "n/a"));
    }
}
