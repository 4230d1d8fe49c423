//! School weeks, as the national framework counts them: every week from Monday in which there is a session, and no other.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{Code, CodeTable, Statistic};
use crate::domain::school::roll::Roll;
use crate::domain::year::{next_year, previous_year};

/// School weeks that one window spans.
pub const WINDOW: u16 = 10;

/// A session that the school holds, and the number of its school week.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Held {
    at: SessionDate,
    week: u16,
}

/// The sessions of a school year, and of as many school weeks before it as a window may reach back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchoolWeeks {
    /// First day of the school year.
    pub year: NaiveDate,
    /// In order.
    held: Vec<Held>,
}

/// One session of a pupil, and what was marked. Small: every screen holds those of all triggers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PupilSession {
    /// Which.
    pub at: SessionDate,
    /// Its place among the sessions that the school holds: of two sessions on end the next number.
    pub place: u32,
    /// The number of its school week.
    pub week: u16,
    /// The settled code; `None` is a blank.
    pub code: Option<Code>,
    /// How it counts; `None` of a blank, and of a code that is none.
    pub statistic: Option<Statistic>,
}

impl PupilSession {
    /// Whether it is one that an absence could have been in: marked, and possible.
    pub fn is_possible(&self) -> bool {
        self.is_absent() || self.is_attended()
    }

    /// Whether the pupil was absent in it, authorised or not.
    pub fn is_absent(&self) -> bool {
        self.is_unauthorised() || self.statistic == Some(Statistic::Authorised)
    }

    /// G, N, O or U.
    pub fn is_unauthorised(&self) -> bool {
        self.statistic == Some(Statistic::Unauthorised)
    }

    /// Whether the pupil attended, here or elsewhere.
    pub fn is_attended(&self) -> bool {
        matches!(self.statistic, Some(Statistic::Present | Statistic::Activity))
    }

    /// Whether it has this code.
    pub fn has(&self, code: Code) -> bool {
        self.code == Some(code)
    }
}

/// School years for which the calendar has no term: of `on`, and the one before. Their days are those that have marks.
pub fn without_terms(calendar: &Calendar, on: NaiveDate) -> Vec<Range<NaiveDate>> {
    let year = Calendar::year_start(on);
    let years = [previous_year(year)..year, year..next_year(year)];
    years.into_iter().filter(|year| calendar.school_days(year.clone()).next().is_none()).collect()
}

impl SchoolWeeks {
    /// Those of the school year of `on`. `marked` are the dates with marks of the years [without terms](without_terms), in order.
    pub fn of(roll: &Roll, on: NaiveDate, marked: &[NaiveDate]) -> SchoolWeeks {
        let year = Calendar::year_start(on);
        let bare = without_terms(&roll.calendar, on);
        let is_weekday = |date: &NaiveDate| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let marked = marked.iter().copied().filter(|date| bare.iter().any(|year| year.contains(date)));
        let mut days: Vec<NaiveDate> = roll.calendar.school_days(previous_year(year)..next_year(year)).collect();
        days.extend(marked.filter(is_weekday));
        days.sort_unstable();
        days.dedup();
        let (mut held, mut week, mut begun) = (Vec::new(), 0, None);
        for date in days {
            if begun.replace(monday(date)).is_some_and(|begun| begun != monday(date)) {
                week += 1;
            }
            held.extend(roll.hours(date).sessions().iter().map(|one| Held { at: SessionDate::new(date, *one), week }));
        }
        let first = held.iter().find(|one| one.at.date >= year).map_or(week + 1, |one| one.week);
        held.retain(|one| one.week + WINDOW >= first);
        SchoolWeeks { year, held }
    }

    /// The dates whose marks are wanted, up to and including `on`.
    pub fn dates(&self, on: NaiveDate) -> Range<NaiveDate> {
        let after = on.succ_opt().unwrap_or(on);
        self.held.first().map_or(after, |one| one.at.date.min(after))..after
    }

    /// A pupil's sessions on these dates, with `marks` in order. A session without a mark from the date `undecided` on is none: it may
    /// be marked yet. A mark where the school holds no session counts in nothing.
    pub fn sessions(
        &self,
        dates: &Range<NaiveDate>,
        undecided: NaiveDate,
        codes: &CodeTable,
        marks: &[(SessionDate, Code)],
    ) -> Vec<PupilSession> {
        let mut marks = marks.iter().peekable();
        let first = self.held.partition_point(|one| one.at.date < dates.start);
        let end = self.held.partition_point(|one| one.at.date < dates.end);
        let held = self.held.iter().enumerate().take(end).skip(first);
        let session = |(place, one): (usize, &Held)| {
            while marks.next_if(|(at, _)| *at < one.at).is_some() {}
            let code = marks.next_if(|(at, _)| *at == one.at).map(|(_, code)| *code);
            let statistic = code.and_then(|code| codes.statistic(code));
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            let session = PupilSession { at: one.at, place, week: one.week, code, statistic };
            (code.is_some() || one.at.date < undecided).then_some(session)
        };
        held.filter_map(session).collect()
    }

    /// The number of the school week of a date; between two, that of the one before.
    pub fn week_of(&self, date: NaiveDate) -> u16 {
        let end = monday(date).and_then(|monday| monday.checked_add_days(chrono::Days::new(7))).unwrap_or(date);
        let place = self.held.partition_point(|one| one.at.date < end);
        place.checked_sub(1).and_then(|last| self.held.get(last)).map_or(0, |one| one.week)
    }

    /// The school days of this stretch after a date, in order.
    pub fn days_after(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        let from = self.held.partition_point(|one| one.at.date <= date);
        self.held.iter().skip(from).filter(|one| one.at.session == Session::Am).map(|one| one.at.date)
    }

    /// The sessions from one to another, both among them.
    pub fn between(&self, from: SessionDate, until: SessionDate) -> impl Iterator<Item = SessionDate> + '_ {
        let first = self.held.partition_point(|one| one.at < from);
        self.held.iter().skip(first).map(|one| one.at).take_while(move |at| *at <= until)
    }

    /// How many sessions there are on these dates.
    pub fn count(&self, dates: &Range<NaiveDate>) -> usize {
        let before = |date: NaiveDate| self.held.partition_point(|one| one.at.date < date);
        before(dates.end).saturating_sub(before(dates.start))
    }
}
