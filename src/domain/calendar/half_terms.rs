//! The half-terms of a stretch of dates, and what the holidays between them are called.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Calendar;

/// Weekdays without school that end a half-term: as [`Calendar::half_term_start`] has it.
const HOLIDAY: usize = 5;

/// Dates of school between two holidays.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct HalfTerm {
    /// "Autumn 1", as the calendar has it.
    pub name: String,
    /// First day of school.
    pub from: NaiveDate,
    /// Last day of school.
    pub until: NaiveDate,
}

/// The half-terms that these school days make, given in order: a week without school parts two of them.
pub fn half_terms(calendar: &Calendar, school_days: impl Iterator<Item = NaiveDate>) -> Vec<HalfTerm> {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in school_days {
        match spans.last_mut().filter(|(_, until)| weekdays_between(*until, date) < HOLIDAY) {
            Some((_, until)) => *until = date,
            None => spans.push((date, date)),
        }
    }
    let term = |from: NaiveDate| calendar.term(from).map_or("Half-term", |term| &term.name);
    let named = |(place, (from, until)): (usize, &(NaiveDate, NaiveDate))| {
        let name = term(*from);
        let of_name = |spans: &[(NaiveDate, NaiveDate)]| spans.iter().filter(|(from, _)| term(*from) == name).count();
        // A term that a holiday parts has a number for each of its halves.
        let name = match (of_name(&spans), of_name(spans.get(..=place).unwrap_or_default())) {
            (..=1, _) => name.to_owned(),
            (_, number) => format!("{name} {number}"),
        };
        HalfTerm { name, from: *from, until: *until }
    };
    spans.iter().enumerate().map(named).collect()
}

/// What the holiday after `until` and before `from` is called, in a word.
pub fn holiday(until: NaiveDate, from: NaiveDate) -> &'static str {
    let middle = until.checked_add_days(Days::new((from - until).num_days().unsigned_abs() / 2)).unwrap_or(until);
    match middle.month() {
        12 | 1 => "Christmas",
        3 | 4 => "Easter",
        2 | 5 | 6 | 10 | 11 => "half-term",
        7 | 8 => "summer",
        _ => "holiday",
    }
}

/// Weekdays after one date and before another.
fn weekdays_between(after: NaiveDate, before: NaiveDate) -> usize {
    let dates = after.iter_days().skip(1).take_while(|date| *date < before);
    dates.filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)).take(HOLIDAY).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{ClosedDay, Closure, Term};
    use crate::domain::testing::{calendar, date};
    use proptest::prelude::*;

    fn named(calendar: &Calendar) -> Vec<(String, NaiveDate, NaiveDate)> {
        let days: Vec<NaiveDate> = calendar.school_days(date(2025, 8, 1)..date(2026, 8, 1)).collect();
        half_terms(calendar, days.into_iter()).into_iter().map(|one| (one.name, one.from, one.until)).collect()
    }

    #[test]
    fn a_week_without_school_parts_two_and_a_closed_day_none() {
        let half = |name: &str, from, until| (name.to_owned(), from, until);
        assert_eq!(
            named(&calendar()),
            [
                half("Spring 1", date(2026, 1, 5), date(2026, 2, 13)),
                // After the training day.
                half("Spring 2", date(2026, 2, 24), date(2026, 3, 27)),
                half("Summer 1", date(2026, 4, 13), date(2026, 5, 22)),
                half("Summer 2", date(2026, 6, 1), date(2026, 7, 17)),
            ]
        );
    }

    #[test]
    fn one_long_term_with_a_closed_week_has_two_halves() {
        let closed = |day| ClosedDay { date: date(2025, 10, day), kind: Closure::Planned, name: String::new() };
        let calendar = Calendar {
            terms: vec![Term { name: "Autumn".to_owned(), from: date(2025, 9, 3), until: date(2025, 12, 19) }],
            closed: (27..=31).map(closed).collect(),
            ..Calendar::default()
        };
        let found = named(&calendar);
        assert_eq!(found.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), ["Autumn 1", "Autumn 2"]);
        assert_eq!((found[0].2, found[1].1), (date(2025, 10, 24), date(2025, 11, 3)));
        assert_eq!(half_terms(&Calendar::default(), [date(2021, 9, 6)].into_iter())[0].name, "Half-term");
    }

    #[test]
    fn holidays_have_their_names() {
        for (until, from, name) in [
            (date(2026, 10, 22), date(2026, 11, 2), "half-term"),
            (date(2026, 12, 18), date(2027, 1, 5), "Christmas"),
            (date(2027, 2, 12), date(2027, 2, 22), "half-term"),
            (date(2027, 3, 19), date(2027, 4, 5), "Easter"),
            (date(2027, 5, 28), date(2027, 6, 7), "half-term"),
            (date(2027, 7, 21), date(2027, 9, 2), "summer"),
        ] {
            assert_eq!(holiday(until, from), name, "{until}");
        }
    }

    proptest! {
        /// Every school day lies in one half-term, and that begins where the calendar says.
        #[test]
        fn they_are_the_calendar_s_own(closed in prop::collection::vec(0_u64..200, 0..40)) {
            let close = |days| ClosedDay { date: date(2026, 1, 5) + Days::new(days), kind: Closure::Planned, name: String::new() };
            let mut calendar = calendar();
            calendar.closed.extend(closed.into_iter().map(close));
            let days: Vec<NaiveDate> = calendar.school_days(date(2025, 8, 1)..date(2026, 8, 1)).collect();
            let found = half_terms(&calendar, days.iter().copied());
            for day in days {
                let held: Vec<_> = found.iter().filter(|one| one.from <= day && day <= one.until).collect();
                prop_assert_eq!(held.len(), 1);
                prop_assert_eq!(held[0].from, calendar.half_term_start(day));
            }
        }
    }
}
