//! Unique pupil numbers with their check letter.

/// Values 0 to 22; I, O and S are never used.
const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

/// The thirteen characters of the number whose last twelve digits are `digits`: its check letter is the sum of each digit
/// times its place, counted from 2, modulo 23.
pub(super) fn with_check_letter(digits: &str) -> String {
    let sum: u32 = (2..).zip(digits.chars()).map(|(place, digit)| place * digit.to_digit(10).unwrap_or(0)).sum();
    let letter = LETTERS.chars().nth((sum % 23) as usize).unwrap_or('A');
    format!("{letter}{digits}")
}

#[cfg(test)]
mod tests {
    use super::with_check_letter;

    #[test]
    fn published_numbers_get_their_letter() {
        for upn in ["B801200005001", "P207000016049", "R201100018042"] {
            assert_eq!(with_check_letter(&upn[1..]), upn);
        }
    }
}
