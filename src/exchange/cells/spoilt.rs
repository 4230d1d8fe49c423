//! Values that a spreadsheet has spoilt.

/// What a spreadsheet has made of a number or a name, in words: the first of two rows that say `2E+11` would be both pupils.
pub fn spoilt(text: &str) -> Option<&'static str> {
    const CURE: &str = "a spreadsheet has spoilt this: export the file again, and do not open it first";
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let upper = text.to_ascii_uppercase();
    let is_power = upper.contains("E+") && has_lost_itself(text);
    let is_decimal =
        text.split_once(".0").is_some_and(|(whole, zeros)| digits(whole) && zeros.bytes().all(|byte| byte == b'0'));
    let is_day = upper.split_once('-').is_some_and(|(one, other)| {
        let is_month = |part: &str| MONTHS.contains(&part);
        (digits(one) && one.len() <= 2 && is_month(other)) || (is_month(one) && digits(other) && other.len() <= 2)
    });
    let is_formula = text.starts_with(['=', '#', '+', '@']);
    let is_wide = text.chars().any(|sign| !sign.is_ascii() && sign.is_numeric());
    (is_power || is_decimal || is_day || is_formula || is_wide).then_some(CURE)
}

/// Whether a spreadsheet has left nothing by which one value could be told from another: a power of ten, or an error.
pub fn has_lost_itself(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let upper = text.to_ascii_uppercase();
    let is_power = upper.split_once('E').is_some_and(|(number, power)| {
        digits(&number.replacen('.', "", 1)) && digits(power.strip_prefix('+').unwrap_or(power))
    });
    is_power || is_error(text)
}

/// Whether it is what a spreadsheet shows where a formula comes to nothing: `#REF!`.
pub fn is_error(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || b"/0!?".contains(&byte))
    })
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_makes_of_a_number() {
        for text in
            ["2E+11", "1.23e+05", "4127.0", "#NAME?", "#####", "=A1", "=1+1", "12-Dec", "Sep-07", "+44", "４１２７"]
        {
            assert!(spoilt(text).is_some(), "{text}");
        }
        for text in ["", "004127", "A90", "2E11", "E+", "8KM", "10.RT", "12-A", "Mar", "O'N-1", "-", "2019.07"] {
            assert!(spoilt(text).is_none(), "{text}");
        }
    }
}
