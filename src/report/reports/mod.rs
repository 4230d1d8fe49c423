//! The reports that there are: one row here, and one file each.

mod daily;
mod lates;
mod league;
mod persistent;
mod registers;
mod rows;
#[cfg(test)]
mod tests;
mod unexplained;
mod weekly;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::layout::{Report, Section};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::figures::question::Whom;
use crate::domain::figures::tally::Tally;
use crate::domain::late::lateness::{self, Late};
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use registers::Closed;

/// Every report, in the order in which they are listed.
pub const REPORTS: [&ReportKind; 7] =
    [&daily::KIND, &unexplained::KIND, &lates::KIND, &registers::KIND, &league::KIND, &weekly::KIND, &persistent::KIND];

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
    /// From the first day of its half-term.
    HalfTerm,
    /// From the first day of its school year.
    Year,
}

/// What a report is made of, beside the roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Needs {
    /// The marks of its dates, counted.
    Counts,
    /// The marks of as many weeks before them.
    Before,
    /// The marks of the school year up to its last date.
    Year,
    /// Every fact of each of its dates: not of many, for they are held.
    Days,
    /// The lates of its dates, with their reasons.
    Lates,
    /// The registers of its dates that have closed.
    Registers,
    /// Every fact of today.
    Today,
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
    /// Its dates, where every fact of them is needed.
    pub days: Vec<Day>,
    /// The lates of its dates.
    pub lates: Vec<Late>,
    /// The registers of its dates that have closed.
    pub registers: Vec<Closed>,
    /// Today, where it is needed.
    pub today: Option<Day>,
}

impl ReportKind {
    /// Whether it is made of that.
    pub fn wants(&self, needs: Needs) -> bool {
        self.needs.contains(&needs)
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
            as_of: gathered.now,
            made: gathered.now,
            pupils: roll.pupils.iter().filter(is_meant).count(),
            sections,
            notes,
        };
        if is_anonymous { report.anonymous() } else { report }
    }
}

impl Stretch {
    /// The first date of those up to `last`.
    pub fn from(self, last: NaiveDate, calendar: &Calendar) -> NaiveDate {
        match self {
            Stretch::Day => last,
            Stretch::Week => monday(last).unwrap_or(last),
            Stretch::HalfTerm => calendar.half_term_start(last),
            Stretch::Year => Calendar::year_start(last),
        }
    }
}

impl Gathered {
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
        if kind.wants(Needs::Days) {
            self.days.push(day);
        }
    }

    /// Those of the pupils of a day who are meant.
    pub fn meant<'d>(&'d self, day: &'d Day) -> impl Iterator<Item = &'d Pupil> {
        day.on_roll().filter(|pupil| self.whom.includes(&day.roll, pupil))
    }
}
