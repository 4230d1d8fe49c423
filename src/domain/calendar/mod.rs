//! The school calendar: which dates have sessions, and how school days are counted.

pub mod any_day;
mod changes;
pub mod dates;
pub mod duration;
pub mod half_terms;
pub mod retention;
pub mod session;
pub mod timetable;
pub mod week_sessions;

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use session::DayTimes;

/// A stretch of dates in which the school meets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// "Autumn 1".
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// Why a date inside a term has no sessions.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Closure {
    /// Staff training day.
    Inset,
    /// Bank holiday.
    BankHoliday,
    /// Any other planned closure (polling, occasional day).
    Planned,
    /// Unexpected closure of the whole site (Y4).
    Unexpected,
}

impl Closure {
    /// Every kind.
    pub const ALL: &[Closure] = Closure::VARIANTS;

    /// The word used in files and on screen.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The kind written as `text`.
    pub fn parse(text: &str) -> Option<Closure> {
        text.parse().ok()
    }
}

/// A date without sessions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosedDay {
    /// The date.
    pub date: NaiveDate,
    /// Why.
    pub kind: Closure,
    /// In the school's words: "May Day".
    pub name: String,
}

/// A date on which the day ends early.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EarlyEnd {
    /// The date.
    pub date: NaiveDate,
    /// When the day's sessions end.
    pub at: NaiveTime,
    /// In the school's words: "last day of term".
    pub name: String,
}

/// A stretch of dates with session times of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherTimes {
    /// "Exam week".
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The times of each of them.
    pub times: DayTimes,
}

/// Terms, closed days, and days whose times are not the usual ones. Weekends never have sessions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Calendar {
    /// Terms, in date order.
    pub terms: Vec<Term>,
    /// Closed days, in date order.
    pub closed: Vec<ClosedDay>,
    /// Days that end early, in date order.
    pub early: Vec<EarlyEnd>,
    /// Days with other times, in date order; no two stretches overlap.
    pub other_times: Vec<OtherTimes>,
}

impl ClosedDay {
    /// Why, in a word or two: "May Day", "inset".
    fn describe(&self) -> &str {
        if self.name.is_empty() { self.kind.as_str() } else { &self.name }
    }
}

/// What a date without sessions is.
enum NoSchool<'c> {
    Weekend,
    Closed(&'c ClosedDay),
    OutsideTerm,
}

/// The longest stretch looked through for school days: no school is closed for longer.
const HORIZON_DAYS: u64 = 400;

impl Calendar {
    fn no_school(&self, date: NaiveDate) -> Option<NoSchool<'_>> {
        if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            return Some(NoSchool::Weekend);
        }
        match self.closed.iter().find(|day| day.date == date) {
            Some(day) => Some(NoSchool::Closed(day)),
            None => self.term(date).is_none().then_some(NoSchool::OutsideTerm),
        }
    }

    /// Why `date` has no sessions, in words; `None` on a school day.
    pub fn why_closed(&self, date: NaiveDate) -> Option<String> {
        self.no_school(date).map(|why| match why {
            NoSchool::Weekend => "it is a weekend".to_owned(),
            NoSchool::Closed(day) => format!("the school is closed: {}", day.describe()),
            NoSchool::OutsideTerm => "it is outside term".to_owned(),
        })
    }

    /// What closes the school on `date`, in a word or two: "May Day", "weekend"; `None` on a school day.
    pub fn closed_by(&self, date: NaiveDate) -> Option<&str> {
        self.no_school(date).map(|why| match why {
            NoSchool::Weekend => "weekend",
            NoSchool::Closed(day) => day.describe(),
            NoSchool::OutsideTerm => "outside term",
        })
    }

    /// Whether `date` closed though the school had meant to meet.
    pub fn closed_unexpectedly(&self, date: NaiveDate) -> bool {
        matches!(self.no_school(date), Some(NoSchool::Closed(day)) if day.kind == Closure::Unexpected)
    }

    /// The times the calendar gives `date`, where they are not the timetable's.
    pub fn times(&self, date: NaiveDate) -> Option<&DayTimes> {
        self.other_times.iter().find(|other| other.from <= date && date <= other.until).map(|other| &other.times)
    }

    /// Why there is no afternoon session on `date`, if the day ends too early for one: "the day ends at 12:00: last day of term".
    pub fn why_early(&self, date: NaiveDate) -> Option<String> {
        let day = self.early.iter().find(|day| day.date == date)?;
        let name = if day.name.is_empty() { String::new() } else { format!(": {}", day.name) };
        Some(format!("the day ends at {}{name}", day.at.format("%H:%M")))
    }

    /// Whether the school meets on `date`.
    pub fn is_school_day(&self, date: NaiveDate) -> bool {
        self.no_school(date).is_none()
    }

    /// The school days of a stretch of dates, in order.
    pub fn school_days(&self, dates: Range<NaiveDate>) -> impl Iterator<Item = NaiveDate> + '_ {
        dates.start.iter_days().take_while(move |date| *date < dates.end).filter(|date| self.is_school_day(*date))
    }

    /// The term `date` lies in.
    pub fn term(&self, date: NaiveDate) -> Option<&Term> {
        self.terms.iter().find(|term| term.from <= date && date <= term.until)
    }

    /// Whether a school year that begins at `starts` has school days: else nobody has brought its terms in.
    pub fn has_terms(&self, starts: NaiveDate) -> bool {
        let next = starts.checked_add_months(Months::new(12)).unwrap_or(starts);
        self.school_days(starts..next).next().is_some()
    }

    /// School days after `date`, in order.
    pub fn school_days_after(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        (1..HORIZON_DAYS)
            .filter_map(move |n| date.checked_add_days(Days::new(n)))
            .filter(|day| self.is_school_day(*day))
    }

    /// School days before `date`, latest first.
    pub fn school_days_before(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        (1..HORIZON_DAYS)
            .filter_map(move |n| date.checked_sub_days(Days::new(n)))
            .filter(|day| self.is_school_day(*day))
    }

    /// The last date on which an N of `date` may stand: five school days after it (reg 10(7)-(9) of SI 2024/208).
    /// `None` when the calendar does not reach that far.
    pub fn n_deadline(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.school_days_after(date).nth(4)
    }

    /// First day of the half-term `date` lies in: the first school day after the last stretch of five or more weekdays without
    /// school; never before the school year began.
    pub fn half_term_start(&self, date: NaiveDate) -> NaiveDate {
        let (mut start, mut missed) = (date, 0);
        for day in (1..HORIZON_DAYS).filter_map(|n| date.checked_sub_days(Days::new(n))) {
            if day < Calendar::year_start(date) || missed >= 5 {
                break;
            }
            if self.is_school_day(day) {
                (start, missed) = (day, 0);
            } else if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                missed += 1;
            }
        }
        start
    }

    /// First day of the school year that `date` lies in: 1 August, as the census counts the autumn term, for some schools go back
    /// before September.
    pub fn year_start(date: NaiveDate) -> NaiveDate {
        let year = if date.month() >= 8 { date.year() } else { date.year() - 1 };
        NaiveDate::from_ymd_opt(year, 8, 1).unwrap_or(date)
    }
}

/// School days of one weekday before `date`, the latest first.
pub fn weekdays_before(calendar: &Calendar, date: NaiveDate, weekday: Weekday) -> impl Iterator<Item = NaiveDate> + '_ {
    calendar.school_days_before(date).filter(move |day| day.weekday() == weekday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{calendar, date};

    #[test]
    fn a_closed_day_says_why() {
        let calendar = calendar();
        for (day, why) in [
            (date(2026, 3, 4), None),
            (date(2026, 3, 7), Some("it is a weekend")),
            (date(2026, 2, 18), Some("it is outside term")),
            (date(2026, 2, 23), Some("the school is closed: inset")),
            (date(2026, 5, 4), Some("the school is closed: May Day")),
            (date(2026, 5, 2), Some("it is a weekend")),
            (date(2026, 8, 12), Some("it is outside term")),
        ] {
            assert_eq!(calendar.why_closed(day).as_deref(), why, "{day}");
            assert_eq!(calendar.is_school_day(day), why.is_none());
        }
        for (day, by) in [
            (date(2026, 3, 4), None),
            (date(2026, 3, 7), Some("weekend")),
            (date(2026, 2, 18), Some("outside term")),
            (date(2026, 2, 23), Some("inset")),
            (date(2026, 5, 4), Some("May Day")),
        ] {
            assert_eq!(calendar.closed_by(day), by, "{day}");
        }
        assert_eq!(calendar.term(date(2026, 2, 13)).map(|term| term.name.as_str()), Some("Spring 1"));
        assert_eq!(Calendar::default().why_closed(date(2026, 3, 4)).as_deref(), Some("it is outside term"));
    }

    #[test]
    fn an_n_may_stand_for_five_school_days() {
        for (of, until) in [
            // Half-term and the INSET Monday after it do not count.
            (date(2026, 2, 13), Some(date(2026, 3, 2))),
            (date(2026, 3, 2), Some(date(2026, 3, 9))),
            (date(2026, 3, 6), Some(date(2026, 3, 13))),
            // May Day.
            (date(2026, 5, 1), Some(date(2026, 5, 11))),
            // Over the Easter holidays.
            (date(2026, 3, 26), Some(date(2026, 4, 16))),
            // The calendar ends before the fifth day.
            (date(2026, 7, 10), Some(date(2026, 7, 17))),
            (date(2026, 7, 13), None),
        ] {
            assert_eq!(calendar().n_deadline(of), until, "{of}");
        }
    }

    #[test]
    fn school_days_are_counted_both_ways() {
        let calendar = calendar();
        let after: Vec<NaiveDate> = calendar.school_days_after(date(2026, 2, 12)).take(2).collect();
        assert_eq!(after, [date(2026, 2, 13), date(2026, 2, 24)]);
        let before: Vec<NaiveDate> = calendar.school_days_before(date(2026, 2, 24)).take(2).collect();
        assert_eq!(before, [date(2026, 2, 13), date(2026, 2, 12)]);
        assert_eq!(calendar.school_days_before(date(2026, 1, 5)).next(), None);
        assert_eq!(calendar.school_days_after(date(2026, 7, 17)).next(), None);
        assert_eq!(calendar.school_days_after(NaiveDate::MAX).next(), None);
    }

    #[test]
    fn a_half_term_begins_after_a_week_without_school() {
        for (of, from) in [
            // Half-term, and the INSET Monday after it.
            (date(2026, 3, 4), date(2026, 2, 24)),
            (date(2026, 2, 24), date(2026, 2, 24)),
            (date(2026, 2, 13), date(2026, 1, 5)),
            // A bank holiday ends nothing.
            (date(2026, 5, 7), date(2026, 4, 13)),
        ] {
            assert_eq!(calendar().half_term_start(of), from, "{of}");
        }
    }

    #[test]
    fn a_school_year_begins_in_august() {
        for (day, start) in [
            (date(2026, 3, 4), date(2025, 8, 1)),
            (date(2026, 7, 31), date(2025, 8, 1)),
            (date(2026, 8, 26), date(2026, 8, 1)),
            (date(2026, 11, 22), date(2026, 8, 1)),
        ] {
            assert_eq!(Calendar::year_start(day), start);
        }
    }

    #[test]
    fn closures_are_read_as_they_are_written() {
        for kind in Closure::ALL.iter().copied() {
            assert_eq!(Closure::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Closure::parse("snow"), None);
    }
}
