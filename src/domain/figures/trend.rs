//! Figures beside earlier ones: by how much they changed, and over which dates they are compared.

use std::fmt;
use std::ops::{Range, Sub};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Figures;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::half_terms::{HalfTerm, half_terms};

/// A difference of two percentages, in tenths of a point.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Default)]
pub struct Points(pub i32);

impl fmt::Display for Points {
    /// "+1.5", "-0.3", "0.0".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            ..0 => "-",
            0 => "",
            1.. => "+",
        };
        f.pad(&format!("{sign}{}.{}", self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10))
    }
}

impl Sub for Points {
    type Output = Points;

    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}

/// By how much attendance rose from `before` to `after`: the difference of the two as they are drawn, so that a table adds up. `None`
/// where nothing was possible on either side.
pub fn change(before: &Figures, after: &Figures) -> Option<Points> {
    let tenths = |figures: &Figures| figures.attendance_tenths().and_then(|tenths| i32::try_from(tenths).ok());
    Some(Points(tenths(after)? - tenths(before)?))
}

/// The week that a date lies in, from Monday until before the next.
pub fn week(date: NaiveDate) -> Range<NaiveDate> {
    let monday = date.week(Weekday::Mon).first_day();
    monday..moved(monday, 7)
}

/// The last week with school before that of `date`, within a school year's length.
pub fn week_before(calendar: &Calendar, date: NaiveDate) -> Option<Range<NaiveDate>> {
    calendar.school_days_before(week(date).start).next().map(week)
}

/// The half-terms of the school year that begins at `starts`, in order.
pub fn half_terms_of(calendar: &Calendar, starts: NaiveDate) -> Vec<HalfTerm> {
    let next = NaiveDate::from_ymd_opt(starts.year() + 1, 8, 1).unwrap_or(starts);
    half_terms(calendar, calendar.school_days(starts..next))
}

/// The half-term before that of `date`, or before the holiday it lies in.
pub fn half_term_before(calendar: &Calendar, date: NaiveDate) -> Option<HalfTerm> {
    let begins = calendar.half_term_start(date);
    let last = calendar.school_days_before(begins).next()?;
    half_terms_of(calendar, Calendar::year_start(last)).into_iter().find(|one| one.from <= last && last <= one.until)
}

/// The same weeks a year ago: 52 weeks before, so that Mondays lie beside Mondays.
pub fn a_year_ago(dates: &Range<NaiveDate>) -> Range<NaiveDate> {
    let ago = |date: NaiveDate| date.checked_sub_days(Days::new(52 * 7)).unwrap_or(date);
    ago(dates.start)..ago(dates.end)
}

fn moved(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{calendar, date};
    use proptest::prelude::*;

    fn attended(attended: u32, possible: u32) -> Figures {
        Figures { possible, attended, authorised: possible - attended, ..Figures::default() }
    }

    #[test]
    fn a_change_is_the_difference_of_what_is_drawn() {
        for (before, after, points) in [
            ((28, 40), (34, 40), Some("+15.0")),
            ((34, 40), (28, 40), Some("-15.0")),
            ((1, 3), (1, 3), Some("0.0")),
            // 33.3 and 33.4.
            ((3333, 10000), (3335, 10000), Some("+0.1")),
            ((0, 0), (1, 1), None),
            ((1, 1), (0, 0), None),
        ] {
            let found = change(&attended(before.0, before.1), &attended(after.0, after.1));
            assert_eq!(found.map(|points| points.to_string()).as_deref(), points, "{before:?} {after:?}");
        }
    }

    #[test]
    fn what_lies_before_is_school_and_no_holiday() {
        let calendar = calendar();
        for (of, week_before_it, half_term) in [
            (date(2026, 3, 4), Some(date(2026, 2, 23)), Some("Spring 1")),
            // Over half-term, and in it.
            (date(2026, 2, 24), Some(date(2026, 2, 9)), Some("Spring 1")),
            (date(2026, 2, 18), Some(date(2026, 2, 9)), None),
            (date(2026, 4, 14), Some(date(2026, 3, 23)), Some("Spring 2")),
            (date(2026, 1, 6), None, None),
        ] {
            assert_eq!(week_before(&calendar, of).map(|week| week.start), week_before_it, "{of}");
            assert_eq!(half_term_before(&calendar, of).map(|one| one.name).as_deref(), half_term, "{of}");
        }
        assert_eq!(week(date(2026, 3, 8)), date(2026, 3, 2)..date(2026, 3, 9));
    }

    proptest! {
        #[test]
        fn a_year_ago_keeps_weekdays_and_length(from in 0_u64..2000, length in 0_u64..400) {
            let from = date(2022, 1, 1) + Days::new(from);
            let dates = from..from + Days::new(length);
            let ago = a_year_ago(&dates);
            prop_assert_eq!((ago.start.weekday(), ago.end.weekday()), (dates.start.weekday(), dates.end.weekday()));
            prop_assert_eq!(ago.end - ago.start, dates.end - dates.start);
        }

        #[test]
        fn points_there_and_back_are_none(one in 0_u32..500, other in 0_u32..500) {
            let (one, other) = (attended(one, 500), attended(other, 500));
            let there = change(&one, &other).unwrap();
            prop_assert_eq!(Points(0) - there, change(&other, &one).unwrap());
        }
    }
}
