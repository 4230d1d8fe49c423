//! Telephone numbers: as the school wrote them, and compared by what they dial.

/// Digits of a British number behind its 0.
const NATIONAL: usize = 10;

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
    // Behind a country's code the 0 in brackets is not dialled.
    let digits: String = number.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let plain = digits.trim_start_matches('0');
    let national = plain.strip_prefix("44").map(|rest| rest.trim_start_matches('0'));
    let key = national.filter(|rest| rest.len() >= NATIONAL - 1 && plain.len() > NATIONAL).unwrap_or(plain);
    Some(key.to_owned()).filter(|key| !key.is_empty())
}

/// Fewest digits of a number that stands beside another in one text: fewer are an extension.
const SHORTEST: usize = 7;

/// What each number of a text dials: "07700 900222 / 07700 900456" holds two, and "07700 900456 ext 2" one.
pub fn number_keys(text: &str) -> Vec<String> {
    let is_of_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "()+-.".contains(c);
    let apart = text.replace(" - ", "/");
    let parts = apart.split(|c| !is_of_number(c)).filter_map(number_key);
    let keys: Vec<String> = parts.filter(|key| key.len() >= SHORTEST).collect();
    if keys.is_empty() { number_key(text).into_iter().collect() } else { keys }
}

/// Whether two numbers dial the same.
pub fn same_number(one: &str, other: &str) -> bool {
    one == other || number_key(one).is_some_and(|key| number_key(other) == Some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_of_a_text_is_found() {
        for (text, keys) in [
            ("07700 900222 / 07700 900456", &["7700900222", "7700900456"][..]),
            ("07700 900222 or +44 (0)7700 900456", &["7700900222", "7700900456"]),
            ("07700 900222 - 07700-900-456", &["7700900222", "7700900456"]),
            ("07700 900456 ext 2", &["7700900456"]),
            ("ask for Jo 2: 01632 960 001", &["1632960001"]),
            ("0113", &["113"]),
            ("n/a", &[]),
        ] {
            assert_eq!(number_keys(text), keys, "{text}");
        }
    }

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
        for none in ["", "n/a", "-", "0", "000 000", "ask Jo"] {
            assert_eq!(number_key(none), None, "{none}");
        }
    }
}
