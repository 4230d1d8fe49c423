//! Another day than today: the one beside it, the one that is typed, and how far away it is.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::Calendar;
use super::dates::{monday, ordinal, parse_day, parse_weekday};

/// What is typed, for whoever typed something else.
pub const WRITTEN: &str = "last tue, 17 nov, 17/11 or yesterday";

/// Which way from a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// To the one before.
    Before,
    /// To the one after.
    After,
}

/// The school day on this side of `from`, or today where that is nearer: today is never passed over, be it a school day or not. `None`
/// where the calendar has no more.
pub fn beside(calendar: &Calendar, from: NaiveDate, side: Side, today: NaiveDate) -> Option<NaiveDate> {
    let today = Some(today);
    match side {
        Side::Before => calendar.school_days_before(from).next().max(today.filter(|today| *today < from)),
        Side::After => {
            calendar.school_days_after(from).next().into_iter().chain(today.filter(|today| *today > from)).min()
        }
    }
}

/// The day typed as [`parse_day`] reads it, or as `last tue`: a day on which the school meets, or today. What may mean two days, has no
/// school or lies outside the calendar is an error that says so, in a sentence.
pub fn typed_day(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, String> {
    let date = match days_meant(text, today).as_slice() {
        [] => return Err(format!("Type a day: {WRITTEN}.")),
        [one] => *one,
        [all @ .., last] => {
            let all: Vec<String> = all.iter().map(|date| in_full(*date)).collect();
            return Err(format!(
                "{} or {}? Type which: {}.",
                all.join(", "),
                in_full(*last),
                last.format("%-d/%-m/%Y")
            ));
        }
    };
    let (first, last) = calendar
        .terms
        .first()
        .zip(calendar.terms.last())
        .map_or((today, today), |(first, last)| (first.from, last.until));
    if date != today && !(first..=last).contains(&date) {
        let [date, first, last] = [date, first, last].map(in_full);
        return Err(format!("{date} is not in the school's calendar: that goes from {first} to {last}."));
    }
    match calendar.why_closed(date).filter(|_| date != today) {
        None => Ok(date),
        Some(why) => {
            let beside = [calendar.school_days_before(date).next(), calendar.school_days_after(date).next()];
            let beside: Vec<String> =
                beside.into_iter().flatten().map(|date| date.format("%a %-d %b").to_string()).collect();
            Err(format!("No school on {}: {why}. Beside it: {}.", in_full(date), beside.join(" and ")))
        }
    }
}

/// Every day that may be meant, in order.
fn days_meant(text: &str, today: NaiveDate) -> Vec<NaiveDate> {
    let typed = text.trim().to_lowercase();
    let mut days: Vec<NaiveDate> = if let Some(weekday) = typed.strip_prefix("last ").and_then(parse_weekday) {
        // The latest that is over, or that of last week: early in a week they are one.
        let before = |from: NaiveDate| {
            from.pred_opt().and_then(|from| {
                (0..7).filter_map(|days| from.checked_sub_days(Days::new(days))).find(|date| date.weekday() == weekday)
            })
        };
        [before(today), monday(today).and_then(before)].into_iter().flatten().collect()
    } else if let Some(weekday) = parse_weekday(&typed) {
        let near = (0..15).filter_map(|days| today.checked_sub_days(Days::new(7))?.checked_add_days(Days::new(days)));
        near.filter(|date| date.weekday() == weekday).collect()
    } else {
        let Some(found) = parse_day(&typed, today) else { return Vec::new() };
        let year_later = today.checked_add_months(Months::new(12)).and_then(|today| parse_day(&typed, today));
        let is_relative = ["today", "tomorrow", "yesterday"].contains(&typed.as_str()) || typed.starts_with("next ");
        let names_weekday = typed.split(' ').next().and_then(parse_weekday).is_some();
        if ordinal(&typed).is_some() {
            // Not every month has each day.
            let before = (1..12)
                .filter_map(|months| found.with_day(1)?.checked_sub_months(Months::new(months))?.with_day(found.day()));
            before.take(1).chain([found]).collect()
        } else if is_relative || names_weekday || year_later == Some(found) {
            vec![found]
        } else {
            // Without a year: the nearest, and that of this school year, which are mostly one.
            let this_year = Calendar::year_start(today);
            let of_this_year = (-1..=1).filter_map(|years| found.with_year(found.year() + years));
            of_this_year.filter(|date| Calendar::year_start(*date) == this_year).chain([found]).collect()
        }
    };
    days.sort_unstable();
    days.dedup();
    days
}

/// "Tue 17 Nov 2026".
fn in_full(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// "Tue 17 Nov, a week ago": a day that is not today, as it stands where today's date usually does; with its year where that is another.
pub fn told(date: NaiveDate, today: NaiveDate) -> String {
    format!("{}, {}", named(date, today), how_far(date, today))
}

/// "Tue 17 Nov"; with its year where that is another than today's.
pub fn named(date: NaiveDate, today: NaiveDate) -> String {
    date.format(if date.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" }).to_string()
}

/// "yesterday", "3 days ago", "a week ago", "in 2 weeks", "5 months ago": weeks, months and years that are over whole.
fn how_far(date: NaiveDate, today: NaiveDate) -> String {
    let days = (date - today).num_days();
    let until = date.max(today);
    let whole = |months: &u32| date.min(today).checked_add_months(Months::new(*months)).is_some_and(|day| day <= until);
    let months = (1..=1200).take_while(whole).count();
    let far = match days.abs() {
        0 => return "today".to_owned(),
        1 => return if days < 0 { "yesterday" } else { "tomorrow" }.to_owned(),
        7 => "a week".to_owned(),
        away @ 2..14 => format!("{away} days"),
        away if months < 2 => format!("{} weeks", away / 7),
        _ if months < 24 => format!("{months} months"),
        _ => format!("{} years", months / 12),
    };
    if days < 0 { format!("{far} ago") } else { format!("in {far}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::{calendar, date};

    #[test]
    fn the_days_beside_pass_over_what_is_closed_and_never_over_today() {
        let calendar = calendar();
        let wednesday = date(2026, 3, 4);
        for (from, today, before, after) in [
            (wednesday, wednesday, Some(date(2026, 3, 3)), Some(date(2026, 3, 5))),
            // Over a weekend, and over half-term with the INSET day behind it.
            (date(2026, 3, 2), wednesday, Some(date(2026, 2, 27)), Some(date(2026, 3, 3))),
            (date(2026, 2, 24), wednesday, Some(date(2026, 2, 13)), Some(date(2026, 2, 25))),
            (date(2026, 2, 13), wednesday, Some(date(2026, 2, 12)), Some(date(2026, 2, 24))),
            // Today is a Saturday: it is stood on.
            (date(2026, 3, 9), date(2026, 3, 7), Some(date(2026, 3, 7)), Some(date(2026, 3, 10))),
            (date(2026, 3, 6), date(2026, 3, 7), Some(date(2026, 3, 5)), Some(date(2026, 3, 7))),
            (date(2026, 3, 7), date(2026, 3, 7), Some(date(2026, 3, 6)), Some(date(2026, 3, 9))),
            // The calendar ends.
            (date(2026, 1, 5), wednesday, None, Some(date(2026, 1, 6))),
            (date(2026, 7, 17), wednesday, Some(date(2026, 7, 16)), None),
            (date(2026, 7, 17), date(2026, 8, 1), Some(date(2026, 7, 16)), Some(date(2026, 8, 1))),
        ] {
            assert_eq!(beside(&calendar, from, Side::Before, today), before, "before {from}");
            assert_eq!(beside(&calendar, from, Side::After, today), after, "after {from}");
        }
    }

    #[test]
    fn a_day_is_typed_freely_and_never_guessed() {
        let calendar = calendar();
        // A Wednesday.
        let today = date(2026, 3, 4);
        for (typed, meant) in [
            ("last fri", Ok("2026-02-27")),
            ("last Thurs", Ok("2026-02-26")),
            ("yesterday", Ok("2026-03-03")),
            ("tomorrow", Ok("2026-03-05")),
            ("today", Ok("2026-03-04")),
            ("next mon", Ok("2026-03-09")),
            ("13 feb", Ok("2026-02-13")),
            ("13/2", Ok("2026-02-13")),
            ("Fri 13 Feb", Ok("2026-02-13")),
            ("13/2/26", Ok("2026-02-13")),
            ("2026-02-13", Ok("2026-02-13")),
            ("1st may", Ok("2026-05-01")),
            ("last tue", Err("Tue 24 Feb 2026 or Tue 3 Mar 2026? Type which: 3/3/2026.")),
            ("tue", Err("Tue 3 Mar 2026 or Tue 10 Mar 2026? Type which: 10/3/2026.")),
            ("wed", Err("Wed 25 Feb 2026, Wed 4 Mar 2026 or Wed 11 Mar 2026? Type which: 11/3/2026.")),
            ("13th", Err("Fri 13 Feb 2026 or Fri 13 Mar 2026? Type which: 13/3/2026.")),
            // Nearer than that of this school year.
            ("2 sep", Err("Tue 2 Sep 2025 or Wed 2 Sep 2026? Type which: 2/9/2026.")),
            ("7 mar", Err("No school on Sat 7 Mar 2026: it is a weekend. Beside it: Fri 6 Mar and Mon 9 Mar.")),
            (
                "23 feb",
                Err("No school on Mon 23 Feb 2026: the school is closed: inset. Beside it: Fri 13 Feb and Tue 24 Feb."),
            ),
            (
                "17/11/2015",
                Err(
                    "Tue 17 Nov 2015 is not in the school's calendar: that goes from Mon 5 Jan 2026 to Fri 17 Jul 2026.",
                ),
            ),
            ("soon", Err("Type a day: last tue, 17 nov, 17/11 or yesterday.")),
            ("", Err("Type a day: last tue, 17 nov, 17/11 or yesterday.")),
            ("last week", Err("Type a day: last tue, 17 nov, 17/11 or yesterday.")),
        ] {
            let found = typed_day(typed, today, &calendar).map(|date| date.to_string());
            assert_eq!(found.as_deref().map_err(String::as_str), meant, "{typed}");
        }
    }

    #[test]
    fn a_day_says_how_far_away_it_is() {
        let today = date(2026, 11, 24);
        for (day, says) in [
            (date(2026, 11, 23), "Mon 23 Nov, yesterday"),
            (date(2026, 11, 25), "Wed 25 Nov, tomorrow"),
            (date(2026, 11, 20), "Fri 20 Nov, 4 days ago"),
            (date(2026, 11, 17), "Tue 17 Nov, a week ago"),
            (date(2026, 11, 12), "Thu 12 Nov, 12 days ago"),
            (date(2026, 11, 10), "Tue 10 Nov, 2 weeks ago"),
            (date(2026, 10, 1), "Thu 1 Oct, 7 weeks ago"),
            (date(2026, 9, 24), "Thu 24 Sep, 2 months ago"),
            (date(2025, 11, 25), "Tue 25 Nov 2025, 11 months ago"),
            (date(2024, 11, 25), "Mon 25 Nov 2024, 23 months ago"),
            (date(2021, 2, 2), "Tue 2 Feb 2021, 5 years ago"),
            (date(2026, 12, 1), "Tue 1 Dec, in a week"),
            (date(2027, 1, 5), "Tue 5 Jan 2027, in 6 weeks"),
        ] {
            assert_eq!(told(day, today), says);
        }
    }

    proptest! {
        #[test]
        fn one_day_back_and_one_on_comes_home(days in 0_u64..240, today in 0_u64..240) {
            let calendar = calendar();
            let at = |days| date(2026, 1, 5) + Days::new(days);
            let (from, today) = (at(days), at(today));
            if let Some(before) = beside(&calendar, from, Side::Before, today) {
                prop_assert!(before < from && (calendar.is_school_day(before) || before == today));
                if calendar.is_school_day(from) || from == today {
                    prop_assert_eq!(beside(&calendar, before, Side::After, today), Some(from));
                }
            }
            if let Some(after) = beside(&calendar, from, Side::After, today) {
                prop_assert!(after > from && (calendar.is_school_day(after) || after == today));
            }
        }

        #[test]
        fn a_day_written_in_full_is_that_day(days in 0_u64..200, today in 0_u64..2000) {
            let calendar = calendar();
            let (day, today) = (date(2026, 1, 5) + Days::new(days), date(2023, 1, 1) + Days::new(today));
            for form in ["%d/%m/%Y", "%Y-%m-%d", "%-d %B %Y"] {
                let found = typed_day(&day.format(form).to_string(), today, &calendar);
                prop_assert_eq!(found.is_ok(), calendar.is_school_day(day) || day == today);
                prop_assert!(found.is_err() || found == Ok(day));
            }
        }
    }
}
