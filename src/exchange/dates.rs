//! Dates as schools write them: `2026-09-03`, or `03/09/2026` with the day first.

use chrono::NaiveDate;

/// Dates outside these years are slips of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// The date written as `text`; otherwise why it is none. No other form is guessed at.
pub fn parse_date(text: &str) -> Result<NaiveDate, String> {
    let (year, month, day) = parts(text).ok_or("is not a date such as 2026-09-03 or 03/09/2026")?;
    if !YEARS.contains(&year) {
        return Err(format!("the year {year} cannot be right"));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        if month > 12 && day <= 12 && text.contains('/') {
            format!("there is no month {month}: dates are read day first, as 31/12/2026")
        } else {
            "there is no such day".to_owned()
        }
    })
}

fn parts(text: &str) -> Option<(i32, u32, u32)> {
    let iso = text.contains('-');
    let mut parts = text.split(if iso { '-' } else { '/' });
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = if iso { (first, last) } else { (last, first) };
    let short = |part: &str| part.len() == 2 || (!iso && part.len() == 1);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !short(month) || !short(day) || !digits(year) {
        return None;
    }
    if !digits(month) || !digits(day) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_forms_and_no_other() {
        let third = NaiveDate::from_ymd_opt(2026, 9, 3);
        for text in ["2026-09-03", "03/09/2026", "3/9/2026"] {
            assert_eq!(parse_date(text).ok(), third, "{text}");
        }
        for text in ["", "03/09/26", "3.9.2026", "45901", "3 Sep 2026", "2026-9-3", "2026-09-03T00:00:00", "+026-09-03"]
        {
            assert!(parse_date(text).unwrap_err().contains("is not a date such as"), "{text}");
        }
    }

    #[test]
    fn american_order_and_impossible_days_are_named() {
        assert!(parse_date("09/13/2026").unwrap_err().contains("no month 13"));
        assert_eq!(parse_date("31/02/2026").unwrap_err(), "there is no such day");
        assert_eq!(parse_date("2062-13-01").unwrap_err(), "there is no such day");
        assert_eq!(parse_date("0026-09-03").unwrap_err(), "the year 26 cannot be right");
    }
}
