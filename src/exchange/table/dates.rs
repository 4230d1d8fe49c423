//! Dates as schools write them: `2026-09-03`, or `03/09/2026` with the day first. A file whose dates have the month first, or may
//! have, is not guessed at.

use chrono::{Datelike, Days, NaiveDate};

/// Dates outside these years are slips of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// What the dates of a file tell of their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// The day comes first in one of them: 14/09/2026.
    DayFirst,
    /// The month comes first in the one on this line: 9/14/2026.
    MonthFirst(u64),
    /// Nothing: each may be read either way.
    #[default]
    Open,
}

/// How one date may be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reads {
    /// In one way, whatever the order of the others; or in none.
    Otherwise,
    /// Only with the day first.
    DayFirst,
    /// Only with the month first.
    MonthFirst,
    /// As either, both parts being twelve or less.
    Either,
}

/// How the date written as `text` may be read.
pub fn reads(text: &str) -> Reads {
    match parts(text) {
        // Of a date that cannot be used the order tells all the same: 9/14/26, 9-14-2026, 9/14/2026 00:00.
        _ if has_month_first(text) => Reads::MonthFirst,
        Some((_, month, day)) if !text.contains('-') => match (month > 12, day > 12) {
            (true, true) => Reads::Otherwise,
            (false, true) => Reads::DayFirst,
            (true, false) => Reads::MonthFirst,
            (false, false) if month == day => Reads::Otherwise,
            (false, false) => Reads::Either,
        },
        _ => Reads::Otherwise,
    }
}

/// Whether the month comes first and cannot be a day, in whatever form.
fn has_month_first(text: &str) -> bool {
    let date = text.split([' ', 'T']).next().unwrap_or_default();
    let mut parts = date.split(['/', '-', '.']).map(|part| part.parse::<u32>().ok().map(|number| (part.len(), number)));
    let (Some(Some(first)), Some(Some(second)), Some(Some(third)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    first.0 <= 2 && matches!(third.0, 2 | 4) && (1..=12).contains(&first.1) && (13..=31).contains(&second.1)
}

/// The date written as `text` in a file whose dates tell `order`; otherwise why it is none. No other form is guessed at.
///
/// Where the dates tell nothing, `03/09/2026` is read day first, as the English write it; `9/3/2026`, as others do, is not.
pub fn parse_date(text: &str, order: Order) -> Result<NaiveDate, String> {
    let (year, month, day) = parts(text).ok_or_else(|| match serial(text) {
        Some(_) => format!(
            "{NO_DATE}: if a spreadsheet has made a number of it, days since 1900, import it with --serial-dates"
        ),
        None => NO_DATE.to_owned(),
    })?;
    if !YEARS.contains(&year) {
        return Err(format!("the year {year} cannot be right"));
    }
    if reads(text) == Reads::Either {
        match order {
            Order::MonthFirst(line) => {
                return Err(format!("line {line} has the month first, so this date is not guessed at: {CURE}"));
            }
            Order::Open if text.len() < "03/09/2026".len() => {
                return Err(format!("the day may come first or the month, and no other date here tells: {CURE}"));
            }
            Order::Open | Order::DayFirst => {}
        }
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        if reads(text) == Reads::MonthFirst {
            format!("there is no month {month}, and dates are read day first: {CURE}")
        } else {
            "there is no such day".to_owned()
        }
    })
}

const NO_DATE: &str = "is not a date such as 2026-09-03 or 03/09/2026";
const CURE: &str = "have dates written as 2026-09-03";

/// The date of a number of five digits, if it is one of a year that can be: days since 1900, which spreadsheets take for a leap year.
pub fn serial(text: &str) -> Option<NaiveDate> {
    let is_number = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    let days = text.parse().ok().filter(|_| is_number)?;
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    YEARS.contains(&date.year()).then_some(date)
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
            assert_eq!(parse_date(text, Order::DayFirst).ok(), third, "{text}");
        }
        for text in ["", "03/09/26", "3.9.2026", "45901", "3 Sep 2026", "2026-9-3", "2026-09-03T00:00:00", "+026-09-03"]
        {
            assert!(parse_date(text, Order::Open).unwrap_err().contains("is not a date such as"), "{text}");
        }
    }

    #[test]
    fn american_order_and_impossible_days_are_named() {
        assert!(parse_date("09/13/2026", Order::Open).unwrap_err().contains("no month 13"));
        assert_eq!(parse_date("31/02/2026", Order::Open).unwrap_err(), "there is no such day");
        assert_eq!(parse_date("2062-13-01", Order::Open).unwrap_err(), "there is no such day");
        assert_eq!(parse_date("0026-09-03", Order::Open).unwrap_err(), "the year 26 cannot be right");
    }

    #[test]
    fn a_date_in_another_form_tells_the_order_too() {
        for text in ["9/14/2026", "9/14/26", "09-14-2026", "9.14.26", "9/14/2026 00:00"] {
            assert_eq!(reads(text), Reads::MonthFirst, "{text}");
        }
        for text in [
            "14/9/26",
            "2026-09-14",
            "2026-12-31",
            "10.30",
            "13/14/2026",
            "9/14",
            "45901",
            "",
            "26-09-14",
            "2026-14-09",
        ] {
            assert_ne!(reads(text), Reads::MonthFirst, "{text}");
        }
    }

    #[test]
    fn a_number_of_days_is_a_date_once_somebody_says_so() {
        let date = NaiveDate::from_ymd_opt;
        for (text, wanted) in [
            ("42038", date(2015, 2, 3)),
            ("32874", date(1990, 1, 1)),
            ("73050", date(2099, 12, 31)),
            ("32873", None),
            ("73051", None),
            ("4127", None),
            ("+4203", None),
            ("004127", None),
            ("42038.5", None),
            ("", None),
        ] {
            assert_eq!(serial(text), wanted, "{text}");
        }
        assert!(parse_date("42038", Order::Open).unwrap_err().ends_with("import it with --serial-dates"));
        assert!(!parse_date("4127", Order::Open).unwrap_err().contains("--serial-dates"));
    }

    #[test]
    fn no_order_is_guessed() {
        let third = NaiveDate::from_ymd_opt(2026, 9, 3);
        assert_eq!(parse_date("03/09/2026", Order::Open).ok(), third, "as the English write it");
        assert!(parse_date("3/9/2026", Order::Open).unwrap_err().contains("no other date here tells"));
        for text in ["03/09/2026", "3/9/2026"] {
            assert!(parse_date(text, Order::MonthFirst(7)).unwrap_err().starts_with("line 7 has the month first"));
        }
        for order in [Order::Open, Order::MonthFirst(7), Order::DayFirst] {
            assert_eq!(parse_date("2026-09-03", order).ok(), third);
            assert!(parse_date("09/09/2026", order).is_ok() && parse_date("14/9/2026", order).is_ok());
        }
    }
}
