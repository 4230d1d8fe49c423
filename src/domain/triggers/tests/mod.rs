//! What triggers are worked out of in tests: a calendar, and a pupil who is here wherever nothing else is said.

mod brute_force;
mod illness;
mod line;
mod runs;
mod windows;

use std::collections::BTreeMap;

use super::school_weeks::{PupilSession, SchoolWeeks};
use super::*;
use crate::domain::calendar::session::Session;
use crate::domain::calendar::{Calendar, ClosedDay, Closure, Term};
use crate::domain::code::Code;
use crate::domain::school::roll::Roll;
use crate::domain::testing::{code, codes, date, roll};

/// A pupil's marks in a school with a calendar of its own.
pub struct Case {
    roll: Roll,
    marks: BTreeMap<SessionDate, Option<Code>>,
    /// What was reported of illness.
    pub illness: Vec<Illness>,
    /// Sessions of a notice.
    pub locked: Vec<SessionDate>,
    /// Whether the pupil is of compulsory school age.
    pub is_of_school_age: bool,
}

fn term(from: NaiveDate, until: NaiveDate) -> Term {
    Term { name: "Term".to_owned(), from, until }
}

fn closed(date: NaiveDate) -> ClosedDay {
    ClosedDay { date, kind: Closure::Inset, name: String::new() }
}

/// Autumn 2025 and the spring after it: fifteen school weeks until Christmas, half-term in the week of 27 October.
pub fn autumn() -> Calendar {
    Calendar {
        terms: vec![
            term(date(2025, 9, 1), date(2025, 10, 24)),
            term(date(2025, 11, 3), date(2025, 12, 19)),
            term(date(2026, 1, 5), date(2026, 2, 13)),
            term(date(2026, 2, 23), date(2026, 3, 27)),
        ],
        ..Calendar::default()
    }
}

/// June and July 2026, and the autumn after them: Monday to Wednesday of its first week are closed.
pub fn summer_and_autumn() -> Calendar {
    Calendar {
        terms: vec![term(date(2026, 6, 1), date(2026, 7, 21)), term(date(2026, 8, 31), date(2026, 10, 23))],
        closed: vec![closed(date(2026, 8, 31)), closed(date(2026, 9, 1)), closed(date(2026, 9, 2))],
        ..Calendar::default()
    }
}

impl Case {
    /// A school with this calendar, and a pupil with these marks: "O 2025-09-16; G 2025-10-23..2025-10-24; U 2025-11-24 AM". `-` is a
    /// blank.
    pub fn new(calendar: Calendar, marks: &str) -> Case {
        let mut roll = roll();
        roll.calendar = calendar;
        let mut case =
            Case { roll, marks: BTreeMap::new(), illness: Vec::new(), locked: Vec::new(), is_of_school_age: true };
        case.put(marks);
        case
    }

    /// More marks.
    pub fn put(&mut self, marks: &str) {
        for part in marks.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (written, when) = part.split_once(' ').unwrap();
            for at in self.between(when) {
                self.marks.insert(at, Code::parse(written).filter(|code| code.as_str() != "-"));
            }
        }
    }

    /// The sessions written as "2025-09-16", "2025-11-24 AM" or "2025-11-03 PM..2025-11-17 AM".
    pub fn between(&self, when: &str) -> Vec<SessionDate> {
        let (from, until) = when.split_once("..").unwrap_or((when, when));
        let end = |text: &str, otherwise: Session| {
            let (date, half) = text.split_once(' ').unwrap_or((text, ""));
            SessionDate::new(date.parse().unwrap(), Session::parse(half).unwrap_or(otherwise))
        };
        let (from, until) = (end(from, Session::Am), end(until, Session::Pm));
        let days = self.roll.calendar.school_days(from.date..until.date.succ_opt().unwrap());
        let sessions = days.flat_map(|date| Session::BOTH.map(|half| SessionDate::new(date, half)));
        sessions.filter(|at| (from..=until).contains(at)).collect()
    }

    /// The school's weeks as of a date.
    pub fn weeks(&self, on: NaiveDate) -> SchoolWeeks {
        SchoolWeeks::of(&self.roll, on, &[])
    }

    /// The pupil's sessions up to a date.
    pub fn sessions(&self, weeks: &SchoolWeeks, on: NaiveDate) -> Vec<PupilSession> {
        let all = weeks.between(SessionDate::new(date(2020, 1, 1), Session::Am), SessionDate::new(on, Session::Pm));
        let mark = |at: SessionDate| match self.marks.get(&at) {
            Some(mark) => mark.map(|code| (at, code)),
            None => Some((at, Code::present(at.session))),
        };
        let marks: Vec<_> = all.filter_map(mark).collect();
        weeks.sessions(&weeks.dates(on), date(2030, 1, 1), &codes(), &marks)
    }

    /// What is made of the pupil's record as of a date.
    pub fn ask<T>(&self, on: NaiveDate, ask: impl FnOnce(&PupilRecord<'_>) -> T) -> T {
        let weeks = self.weeks(on);
        ask(&PupilRecord {
            weeks: &weeks,
            on,
            on_roll: weeks.year..crate::domain::year::next_year(weeks.year),
            sessions: self.sessions(&weeks, on),
            illness: &self.illness,
            locked: &self.locked,
            is_of_school_age: self.is_of_school_age,
            family: None,
        })
    }

    /// Every trigger as of a date.
    pub fn triggers(&self, on: NaiveDate) -> Vec<Trigger> {
        self.ask(on, triggers)
    }

    /// Those of one kind.
    pub fn of(&self, kind: TriggerKind, on: NaiveDate) -> Vec<Trigger> {
        self.triggers(on).into_iter().filter(|one| one.kind == kind).collect()
    }

    /// When each of one kind was met, and by how many sessions.
    pub fn met(&self, kind: TriggerKind, on: NaiveDate) -> Vec<(String, usize)> {
        self.of(kind, on).iter().map(|one| (one.met.to_string(), one.sessions)).collect()
    }
}

/// One of them, met on that date by so many sessions.
pub fn one(met: &str, sessions: usize) -> Vec<(String, usize)> {
    vec![(met.to_owned(), sessions)]
}

/// How far the pupil is from what is not met.
pub fn told(case: &Case, on: NaiveDate) -> Vec<String> {
    case.ask(on, distances).into_iter().map(|(_, told)| told).collect()
}
