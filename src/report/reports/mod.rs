//! The reports that there are: one row here, and one file each.

mod charts;
mod daily;
mod done;
mod improved;
mod lates;
mod leaders;
mod league;
pub mod lists;
mod missed_most;
mod persistent;
mod registers;
pub(in crate::report) mod rows;
#[cfg(test)]
pub mod tests;
mod unexplained;
mod weekly;

use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::layout::{Report, Section};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::figures::england::England;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::tally::Tally;
use crate::domain::late::lateness::{self, Late};
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use crate::domain::triggers::TriggerKind;
pub use done::Done;
use lists::facts::ListFacts;
use registers::Closed;

/// Every report, in the order in which they are listed.
pub const REPORTS: [&ReportKind; 23] = [
    &daily::KIND,
    &unexplained::KIND,
    &lates::KIND,
    &registers::KIND,
    &league::KIND,
    &improved::KIND,
    &weekly::KIND,
    &persistent::KIND,
    &leaders::head::KIND,
    &leaders::slt::KIND,
    &leaders::slt::HALF_TERM,
    &leaders::governors::KIND,
    &lists::today::CP,
    &lists::today::PA,
    &lists::tsm::KIND,
    &lists::returns::TEN_DAYS,
    &lists::returns::SICKNESS,
    &lists::penalty::KIND,
    &lists::census::KIND,
    &lists::leave_card::KIND,
    &lists::providers::KIND,
    &lists::exams::KIND,
    &lists::tracking::KIND,
];

/// A report that can be made.
#[derive(Debug)]
pub struct ReportKind {
    /// Its word on the command line: "lates".
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// For whom it is: "heads of year".
    pub audience: &'static str,
    /// How often it is made: "weekly".
    pub rhythm: &'static str,
    /// The dates it is usually of.
    pub usual: Stretch,
    /// What it is made of.
    pub needs: &'static [Needs],
    /// Its sections, and what must be known to read it.
    pub make: fn(&Gathered) -> (Vec<Section>, Vec<String>),
}

/// The dates a report is of where none are said: up to a last one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stretch {
    /// The day itself.
    Day,
    /// From the Monday of its week.
    Week,
    /// From the Monday of the week before.
    Fortnight,
    /// From the first day of its half-term.
    HalfTerm,
    /// From the first day of its term; of its half-term where the calendar has no term.
    Term,
    /// From the first day of its school year.
    Year,
}

/// What a report needs, beside the roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Needs {
    /// The marks of its dates, counted.
    Counts,
    /// The marks of as many weeks before them.
    Before,
    /// The marks of the school year up to its last date.
    Year,
    /// Those of the two school years before, up to the same day.
    Past,
    /// What was done in the school year to raise attendance.
    Done,
    /// What the national statistics say.
    England,
    /// To name nobody: it goes to people outside the school.
    NoNames,
    /// Every fact of each of its dates: not of many, for they are held.
    Days,
    /// The lates of its dates, with their reasons.
    Lates,
    /// The registers of its dates that have closed.
    Registers,
    /// Every fact of today.
    Today,
    /// One pupil, who is named.
    Pupil,
    /// What is met of a trigger, as of its last date, and the sessions that notices have locked.
    Trigger(TriggerKind),
    /// What was done while the sessions of that trigger were missed.
    Lines,
    /// What is private of the pupils who meet it.
    Private,
    /// Case files.
    Cases,
    /// The marks of the school year up to its last date, by code.
    YearByCode,
    /// The marks of its dates, by half-term and code.
    HalfTermsByCode,
    /// The marks of its dates, by week and code.
    WeeksByCode,
    /// The sessions of its dates that were missed.
    Missed,
    /// Who was elsewhere by arrangement on its dates.
    Elsewhere,
    /// The school year's figures of the pupil's brothers and sisters.
    Siblings,
    /// The sheet that the school keeps by hand, where one is named.
    ByHand,
}

/// What a report is made of.
pub struct Gathered {
    /// The roll as of the last date.
    pub roll: Arc<Roll>,
    /// The first date and the last.
    pub dates: (NaiveDate, NaiveDate),
    /// Now, school-local.
    pub now: NaiveDateTime,
    /// Whose figures.
    pub whom: Whom,
    /// The marks of its dates, counted.
    pub counts: Tally,
    /// Those of as many weeks before.
    pub before: Tally,
    /// Those of the school year up to the last date.
    pub year: Tally,
    /// Those of the school years before, up to the same day: the last year first.
    pub past: Vec<Tally>,
    /// What was done in the school year, up to the last date.
    pub done: Vec<Done>,
    /// What the national statistics say.
    pub england: England,
    /// The last day of what was known; `None` is what is known now.
    pub known: Option<NaiveDate>,
    /// Its dates, where every fact of them is needed.
    pub days: Vec<Day>,
    /// The lates of its dates.
    pub lates: Vec<Late>,
    /// The registers of its dates that have closed.
    pub registers: Vec<Closed>,
    /// Today, where it is needed.
    pub today: Option<Day>,
    /// What the lists are made of.
    pub facts: ListFacts,
}

impl ReportKind {
    /// Whether it is made of that.
    pub fn wants(&self, needs: Needs) -> bool {
        self.needs.contains(&needs)
    }

    /// Whether it can be made as of an earlier day: of all that it is made of it is known when it was put down.
    pub fn knows_when(&self) -> bool {
        self.needs.iter().all(|needs| match needs {
            Needs::Counts | Needs::Before | Needs::Year | Needs::Past => true,
            Needs::Done | Needs::England | Needs::NoNames => true,
            Needs::Days | Needs::Lates | Needs::Registers | Needs::Today => false,
            Needs::Pupil | Needs::Trigger(_) | Needs::Lines | Needs::Private | Needs::Cases | Needs::Siblings => false,
            Needs::YearByCode | Needs::HalfTermsByCode | Needs::WeeksByCode | Needs::Missed | Needs::Elsewhere => false,
            Needs::ByHand => false,
        })
    }

    /// The report.
    pub fn report(&self, gathered: &Gathered, is_anonymous: bool) -> Report {
        let (sections, notes) = (self.make)(gathered);
        let (roll, dates) = (&gathered.roll, gathered.dates);
        let is_meant = |pupil: &&Pupil| {
            let end = dates.1.succ_opt().unwrap_or(dates.1);
            gathered.whom.includes(roll, pupil) && !pupil.on_roll_within(dates.0..end).is_empty()
        };
        let report = Report {
            title: self.title.to_owned(),
            audience: self.audience.to_owned(),
            school: roll.school.name.clone(),
            only: gathered.whom.describe(roll),
            dates,
            as_of: gathered.as_of(),
            made: gathered.now,
            pupils: roll.pupils.iter().filter(is_meant).count(),
            sections,
            notes,
        };
        if is_anonymous || self.wants(Needs::NoNames) { report.anonymous() } else { report }
    }
}

impl Stretch {
    /// The first date of those up to `last`.
    pub fn from(self, last: NaiveDate, calendar: &Calendar) -> NaiveDate {
        match self {
            Stretch::Day => last,
            Stretch::Week => monday(last).unwrap_or(last),
            Stretch::Fortnight => monday(last).and_then(|monday| monday.checked_sub_days(Days::new(7))).unwrap_or(last),
            Stretch::Term => calendar.term(last).map_or_else(|| calendar.half_term_start(last), |term| term.from),
            Stretch::HalfTerm => calendar.half_term_start(last),
            Stretch::Year => Calendar::year_start(last),
        }
    }
}

impl Gathered {
    /// As of when it is true: the end of the last day of what was known, or now.
    pub fn as_of(&self) -> NaiveDateTime {
        let (dates, whom) = (self.dates.0..self.dates.1, Whom::default());
        Question { dates, whom, as_of: self.known }.until(self.now)
    }

    /// Take what `kind` is made of from one of its dates, in order.
    pub fn take(&mut self, kind: &ReportKind, day: Day) {
        if kind.wants(Needs::Lates) {
            let is_meant =
                |late: &Late| day.roll.pupil(late.pupil).is_some_and(|one| self.whom.includes(&day.roll, one));
            let lates = lateness::lates(&day, Session::Pm);
            self.lates.extend(lates.into_iter().filter(is_meant));
        }
        if kind.wants(Needs::Registers) {
            self.registers.extend(registers::closed(&day, &self.whom, self.now));
        }
        if kind.wants(Needs::Elsewhere) {
            let now = (day.date == self.now.date()).then(|| self.now.time());
            self.take_elsewhere(&day, now);
        }
        if kind.wants(Needs::Days) {
            self.days.push(day);
        }
    }

    /// Those of the pupils of a day who are meant.
    pub fn meant<'d>(&'d self, day: &'d Day) -> impl Iterator<Item = &'d Pupil> {
        day.on_roll().filter(|pupil| self.whom.includes(&day.roll, pupil))
    }
}
