//! The parts of a line about time: a day that somebody is back on, half a day, a time, a number of days.

use chrono::{NaiveTime, Timelike};

use crate::domain::calendar::session::{Session, parse_time};

/// This week, from now on.
pub(super) const THIS_WEEK: [&str; 6] =
    ["all week", "all this week", "this week", "whole week", "rest week", "rest this week"];
/// Before this hour nobody has an appointment: "at 2" is in the afternoon.
const FIRST_HOUR: u32 = 7;

/// The day in `back thu`, `returning on 26/11`, `not in until thu`.
pub(super) fn day_back(text: &str) -> Option<&str> {
    let text = text.strip_prefix("not ").unwrap_or(text);
    let (coming, day) = match text.split_once(' ')? {
        ("back" | "return" | "returns" | "returning", day) => (true, day),
        ("in", day) => (false, day),
        ("at", day) if day.starts_with("school ") => (false, day),
        _ => return None,
    };
    let day = ["in ", "at ", "to "].iter().find_map(|word| day.strip_prefix(word)).unwrap_or(day);
    let day = day.strip_prefix("school ").unwrap_or(day);
    let until = ["until ", "till ", "til ", "before "].iter().find_map(|word| day.strip_prefix(word));
    until.or_else(|| Some(day.strip_prefix("on ").unwrap_or(day)).filter(|_| coming))
}

/// The half of the day that ends the text, and what stands before it.
pub(super) fn halved(text: &str) -> (&str, Option<Session>) {
    let (day, half) = text.rsplit_once(' ').unwrap_or(("", text));
    let half = match half {
        "morning" => Some(Session::Am),
        "afternoon" => Some(Session::Pm),
        other => Session::parse(other),
    };
    if half.is_some() { (day, half) } else { (text, None) }
}

/// A time of the school day: `10`, `10:30`, `2pm`; without its half and before seven in the afternoon.
pub(super) fn clock(text: &str, half: Option<Session>) -> Option<NaiveTime> {
    let hour_alone = || NaiveTime::parse_from_str(&format!("{text}:00"), "%H:%M").ok();
    let of_twelve = || {
        let whole = NaiveTime::parse_from_str(&format!("{text}:00"), "%I%p:%M");
        let forms = ["%I:%M%p", "%I.%M%p"].iter().map(|form| NaiveTime::parse_from_str(text, form));
        std::iter::once(whole).chain(forms).find_map(Result::ok)
    };
    if let Some(time) = of_twelve() {
        return Some(time);
    }
    let time = parse_time(text).or_else(hour_alone)?;
    let is_early = !text.starts_with('0') && (1..FIRST_HOUR).contains(&time.hour());
    let is_later = match half {
        Some(Session::Am) => false,
        Some(Session::Pm) => time.hour() < 12,
        None => is_early,
    };
    if is_later { time.with_hour(time.hour() + 12) } else { Some(time) }
}

/// `14` with what follows the day in `18 dec`: `14 dec`.
pub(super) fn month_added(first: &str, last: &str) -> Option<String> {
    let is_number = |word: &&str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let (last, _) = halved(last.trim());
    let number = last.split(' ').find(is_number)?;
    let (_, month) = last.split_once(number)?;
    first.trim().split(' ').next_back().filter(is_number)?;
    Some(format!("{}{month}", first.trim()))
}

/// The number in `3 days`, `1 school day`, `a week` or `2 weeks` of five.
pub(super) fn school_days(text: &str) -> Option<usize> {
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = match text.strip_prefix("a ") {
        Some(unit) => ("1", unit),
        None => text.split_at(split),
    };
    let number: usize = number.parse().ok()?;
    match unit.trim() {
        "day" | "days" | "school day" | "school days" => Some(number),
        "week" | "weeks" => number.checked_mul(5),
        _ => None,
    }
}

/// Whether `text` is a number of days, and not how long somebody is away: "for 3 days".
pub(super) fn is_number_of_days(text: &str) -> bool {
    school_days(&text.to_lowercase()).is_some()
}

/// Whether `text` says how long: "for 3 days", "all week".
pub(super) fn is_length(text: &str) -> bool {
    let text = text.to_lowercase();
    THIS_WEEK.contains(&text.as_str()) || text.strip_prefix("for ").is_some_and(is_number_of_days)
}
