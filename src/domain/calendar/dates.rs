//! Days as an officer types them.

use std::borrow::Cow;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A day, its month and its year; two figures of a year before four, of which they would be the first.
const WITH_YEAR: [&str; 6] = ["%d/%m/%y", "%d/%m/%Y", "%d %B %y", "%d %B %Y", "%A %d %B %y", "%A %d %B %Y"];
/// The same without a year, which is added.
const WITHOUT_YEAR: [&str; 2] = ["%d/%m %Y", "%d %B %Y"];
/// The same behind the name of a day of the week, which it must be; else a wrong name would mean a day of another year.
const BEHIND_WEEKDAY: [&str; 2] = ["%A %d/%m %Y", "%A %d %B %Y"];
/// So many days away at most is a day of another year behind the name of a day of the week, unless the year is written: half a year.
const NEAR: i64 = 183;

/// The day typed as `today`, `tomorrow`, `fri` (the next one, today included), `next fri` (of next week), `28/11`, `28/11/2026`,
/// `2026-11-28`, `28 nov`, `Sat 28 Nov` or `28th`. A day and month alone mean the coming one, or one of the last few months; a day
/// of the month alone the coming one.
pub fn parse_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let typed = text.trim().to_lowercase();
    let text = typed.split(' ').map(plain_word).collect::<Vec<_>>().join(" ");
    match text.as_str() {
        "today" => return Some(today),
        "tomorrow" => return today.checked_add_days(Days::new(1)),
        "yesterday" => return today.checked_sub_days(Days::new(1)),
        _ => {}
    }
    if let Some(day) = parse_weekday(&text) {
        return today.iter_days().take(7).find(|date| date.weekday() == day);
    }
    if let Some(day) = text.strip_prefix("next ").and_then(parse_weekday) {
        let next = monday(today)?.checked_add_days(Days::new(7))?;
        return next.iter_days().take(7).find(|date| date.weekday() == day);
    }
    let with_year = WITH_YEAR.iter().find_map(|form| NaiveDate::parse_from_str(&text, form).ok());
    if let Some(date) = parse_iso(&text).or_else(|| with_year.filter(is_written)) {
        return Some(date);
    }
    if text != typed
        && let Ok(day) = text.parse()
    {
        return day_of_month(day, today);
    }
    // The year that brings it nearest.
    let away = |date: &NaiveDate| (*date - today).num_days().abs();
    let years: Vec<String> = (-1..=1).map(|years| format!("{text} {}", today.year() + years)).collect();
    let as_read = |forms: [&'static str; 2]| {
        let read = years.iter().flat_map(move |text| forms.map(|form| NaiveDate::parse_from_str(text, form)));
        read.flatten().min_by_key(away)
    };
    let is_meant = |date: &NaiveDate| date.year() == today.year() || away(date) <= NEAR;
    as_read(WITHOUT_YEAR).or_else(|| as_read(BEHIND_WEEKDAY).filter(is_meant))
}

/// The Monday of the week that `date` lies in.
pub fn monday(date: NaiveDate) -> Option<NaiveDate> {
    date.week(Weekday::Mon).checked_first_day()
}

/// The coming day of that number, today included: not every month has each.
fn day_of_month(day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let mut months = (0..12).filter_map(|months| first.checked_add_months(Months::new(months))?.with_day(day));
    months.find(|date| *date >= today)
}

/// `14th` without its ending, and September in three letters: as dates are read.
fn plain_word(word: &str) -> Cow<'_, str> {
    if word == "sept" {
        return "sep".into();
    }
    ordinal(word).unwrap_or(word).into()
}

/// The number in `14th`.
pub fn ordinal(word: &str) -> Option<&str> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    number.filter(|number| number.parse::<u32>().is_ok())
}

/// The day written as `2026-11-28`.
pub fn parse_iso(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(is_written)
}

/// Whether its year has four figures: the record writes and compares dates as text.
fn is_written(date: &NaiveDate) -> bool {
    (1000..=9999).contains(&date.year())
}

/// The day of the week typed as `thu`, `thurs` or `Thursday`.
pub fn parse_weekday(text: &str) -> Option<Weekday> {
    let text = text.trim().to_lowercase();
    let short = match text.as_str() {
        "tues" => "tue",
        "weds" => "wed",
        "thur" | "thurs" => "thu",
        other => other,
    };
    short.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_typed() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let day = |text| parse_day(text, today).map(|date| date.to_string());
        for (typed, meant) in [
            ("today", "2026-11-24"),
            ("Tomorrow", "2026-11-25"),
            ("tue", "2026-11-24"),
            ("Friday", "2026-11-27"),
            ("Thurs", "2026-11-26"),
            ("weds", "2026-11-25"),
            ("mon", "2026-11-30"),
            ("28/11", "2026-11-28"),
            ("5/1", "2027-01-05"),
            ("20/11", "2026-11-20"),
            ("28/11/2026", "2026-11-28"),
            ("28/11/26", "2026-11-28"),
            ("2026-12-01", "2026-12-01"),
            ("14 dec", "2026-12-14"),
            ("14 December", "2026-12-14"),
            ("1st Dec", "2026-12-01"),
            ("15 jan", "2027-01-15"),
            ("20 sept", "2026-09-20"),
            ("15 jan 2028", "2028-01-15"),
            ("15 jan 28", "2028-01-15"),
            ("Fri 27 Nov", "2026-11-27"),
            ("Friday 15 January 2027", "2027-01-15"),
            ("fri 27/11", "2026-11-27"),
            ("24th", "2026-11-24"),
            ("23rd", "2026-12-23"),
            ("31st", "2026-12-31"),
            ("next mon", "2026-11-30"),
            ("next tue", "2026-12-01"),
            ("next Friday", "2026-12-04"),
        ] {
            assert_eq!(day(typed).as_deref(), Some(meant), "{typed}");
        }
        for wrong in [
            "",
            "soon",
            "31/2",
            "13/13",
            "28-11",
            "2026-02-30",
            "+262142-12-31",
            "-1-01-01",
            "28/11/+26000",
            "0026-11-28",
        ] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
