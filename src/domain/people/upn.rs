//! Unique pupil numbers: how the Department for Education has them made up.

/// The letters a UPN is written in, in the order of their values: I, O and S are left out as too like digits.
const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

/// What looks wrong about a UPN. Schools hold such numbers all the same, so it is only ever a warning.
///
/// The local authority in it is not judged: lists of them go stale.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UpnFault {
    /// Not thirteen characters.
    #[error("a UPN has 13 characters, this has {0}")]
    Length(usize),
    /// Neither the digits nor the letter that belong at that position, from 1.
    #[error("character {position} of the UPN should be {}, not “{found}”", wanted(*.position))]
    Character {
        /// From 1.
        position: usize,
        /// What stands there.
        found: char,
    },
    /// The check letter does not fit the rest: a digit is wrong, or the letter is.
    #[error("the check letter of the UPN should be {expected}, not {found}")]
    CheckLetter {
        /// What stands there.
        found: char,
        /// What the rest adds up to.
        expected: char,
    },
}

/// Whether `upn` looks like a UPN, though a digit or its check letter may be wrong.
pub fn has_shape(upn: &str) -> bool {
    matches!(check(upn), Ok(()) | Err(UpnFault::CheckLetter { .. }))
}

/// Whether `upn` is a well-made unique pupil number, permanent (a letter and twelve digits) or temporary (a letter ends it as
/// well): the check letter is the sum of position × value over positions 2 to 13, modulo 23.
pub fn check(upn: &str) -> Result<(), UpnFault> {
    let upn = upn.trim();
    let length = upn.chars().count();
    if length != 13 {
        return Err(UpnFault::Length(length));
    }
    let mut sum = 0;
    let mut check = 'A';
    for (position, found) in (1..).zip(upn.chars().map(|c| c.to_ascii_uppercase())) {
        let letter = || LETTERS.find(found);
        let digit = || found.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        let value = match position {
            1 => letter(),
            13 => digit().or_else(letter),
            _ => digit(),
        };
        let value = value.ok_or(UpnFault::Character { position, found })?;
        if position == 1 {
            check = found;
        } else {
            sum += position * value;
        }
    }
    let expected = letter_of(sum);
    if expected == check { Ok(()) } else { Err(UpnFault::CheckLetter { found: check, expected }) }
}

/// The number whose last twelve digits are `digits`, its check letter before them.
pub fn with_check_letter(digits: &str) -> String {
    let values = digits.chars().filter_map(|digit| usize::try_from(digit.to_digit(10)?).ok());
    format!("{}{digits}", letter_of((2..).zip(values).map(|(position, value)| position * value).sum()))
}

/// The check letter, of the sum of position × value.
fn letter_of(sum: usize) -> char {
    LETTERS.chars().nth(sum % LETTERS.len()).unwrap_or('A')
}

fn wanted(position: usize) -> &'static str {
    match position {
        1 => "a letter (not I, O or S)",
        13 => "a digit, or a letter other than I, O and S",
        _ => "a digit",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn well_made_numbers_pass() {
        let permanent = ["B801200005001", "P207000016049", "A123456789012", "H243278544154", "R201100018042"];
        let temporary = ["E12345678901X", "A00000000000A", "H12345678901Z"];
        for upn in permanent.into_iter().chain(temporary).chain([" b801200005001 "]) {
            assert_eq!(check(upn), Ok(()), "{upn}");
        }
    }

    #[test]
    fn published_numbers_get_their_letter() {
        for upn in ["B801200005001", "P207000016049", "R201100018042"] {
            assert_eq!(with_check_letter(&upn[1..]), upn);
        }
    }

    #[test]
    fn each_fault_says_what_and_where() {
        let wrong = |found, expected| UpnFault::CheckLetter { found, expected };
        let at = |position, found| UpnFault::Character { position, found };
        for (upn, fault) in [
            ("", UpnFault::Length(0)),
            ("A12345678901", UpnFault::Length(12)),
            ("TEMP", UpnFault::Length(4)),
            ("A801200005001", wrong('A', 'B')),
            ("B207000016049", wrong('B', 'P')),
            ("Q207000016049", wrong('Q', 'P')),
            ("X428558133462", wrong('X', 'W')),
            ("A12345678901X", wrong('A', 'E')),
            ("X80120000A001", at(10, 'A')),
            ("O123456789012", at(1, 'O')),
            ("I123456789012", at(1, 'I')),
            ("S123456789012", at(1, 'S')),
            ("1123456789012", at(1, '1')),
            ("N20110001804S", at(13, 'S')),
            ("N20110001804O", at(13, 'O')),
            ("N20110001804I", at(13, 'I')),
            ("É801200005001", at(1, 'É')),
            ("B８01200005001", at(2, '８')),
        ] {
            assert_eq!(check(upn), Err(fault), "{upn}");
        }
        assert_eq!(
            check("X80120000A001").unwrap_err().to_string(),
            "character 10 of the UPN should be a digit, not “A”"
        );
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(upn in "[A-HJ-NP-RT-Z][0-9]{12}", place in 1_usize..13, other in 0_u32..10) {
            // Given its own check letter, the number passes; with one digit changed it does not.
            let good = match check(&upn) {
                Err(UpnFault::CheckLetter { expected, .. }) => format!("{expected}{}", &upn[1..]),
                _ => upn,
            };
            prop_assert_eq!(check(&good), Ok(()));
            let changed: String =
                good.chars().enumerate().map(|(i, c)| if i == place { char::from_digit(other, 10).unwrap() } else { c }).collect();
            prop_assert_eq!(check(&changed).is_ok(), changed == good);
        }

        #[test]
        fn whatever_comes_is_answered(text in any::<String>()) {
            let _ = check(&text);
        }
    }
}
