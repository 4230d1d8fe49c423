//! Days as an officer types them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day typed as `today`, `tomorrow`, `fri` (the next one, today included), `28/11`, `28/11/2026` or `2026-11-28`.
/// A day and month alone mean the coming one, or one of the last few months.
pub fn parse_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "today" => return Some(today),
        "tomorrow" => return today.checked_add_days(Days::new(1)),
        "yesterday" => return today.checked_sub_days(Days::new(1)),
        _ => {}
    }
    if let Some(day) = parse_weekday(&text) {
        return today.iter_days().take(7).find(|date| date.weekday() == day);
    }
    // Two figures of a year before four, of which they would be the first.
    let with_year = ["%d/%m/%y", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(&text, form).ok());
    if let Some(date) = parse_iso(&text).or_else(|| with_year.filter(is_written)) {
        return Some(date);
    }
    // The year that brings it nearest.
    (-1..=1)
        .filter_map(|years| NaiveDate::parse_from_str(&format!("{text}/{}", today.year() + years), "%d/%m/%Y").ok())
        .min_by_key(|date| (*date - today).num_days().abs())
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
