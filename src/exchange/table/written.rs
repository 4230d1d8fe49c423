//! Dates as other systems write them: with the day of the week, the month's name, or a time of nought behind them.

use chrono::{Datelike, NaiveDate, Weekday};

use super::dates::{Order, parse_date};

/// How the months are written, before the year.
const NAMED: [&str; 3] = ["%d %B %Y", "%d-%B-%Y", "%B %d %Y"];
/// A time that says nothing.
const NOUGHT: [&str; 6] = ["T00:00:00", "T00:00:00Z", "T00:00:00.000", " 00:00:00", " 00:00", "T00:00"];

/// The date written as `text` in a file whose dates tell `order`; otherwise why it is none.
pub fn written(text: &str, order: Order) -> Result<NaiveDate, String> {
    let text = NOUGHT.iter().find_map(|time| text.strip_suffix(time)).unwrap_or(text).trim();
    let (word, rest) = text.split_once([',', ' ']).unwrap_or_default();
    if let Some(day) = weekday(word) {
        let date = written(rest.trim_start_matches([',', ' ']), order)?;
        return if date.weekday() == day {
            Ok(date)
        } else {
            Err(format!("{} is a {}, and not the day of the week that is written before it", date, date.format("%A")))
        };
    }
    let plain = text.replace(',', "");
    match NAMED.iter().find_map(|form| NaiveDate::parse_from_str(&plain, form).ok()) {
        Some(date) => parse_date(&date.to_string(), order),
        None => parse_date(text, order),
    }
}

/// The day of the week that `word` means: three letters of it or more.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.').to_lowercase();
    let days = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    let is_long = word.len() > 2;
    days.into_iter().find(|(name, _)| is_long && name.starts_with(&word)).map(|(_, day)| day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_other_systems() {
        for text in [
            "2026-11-11",
            "11/11/2026",
            "Wed, 11 Nov 2026",
            "Wednesday 11 November 2026",
            "11-Nov-2026",
            "November 11, 2026",
            "2026-11-11T00:00:00",
            "11/11/2026 00:00:00",
            "Wed 11/11/2026",
        ] {
            assert_eq!(written(text, Order::Open).ok(), NaiveDate::from_ymd_opt(2026, 11, 11), "{text}");
        }
        for (text, why) in [
            ("Thu, 11 Nov 2026", "2026-11-11 is a Wednesday, and not"),
            ("2026-11-11T09:10:00", "is not a date"),
            ("11 Nov 26", "the year 26"),
            ("45972", "is not a date"),
            ("Wed", "is not a date"),
            ("31 Feb 2026", "is not a date"),
            ("", "is not a date"),
        ] {
            let said = written(text, Order::Open).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }
}
