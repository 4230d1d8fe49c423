//! The desk a command works at: the file open, the time, and somewhere to write the answer.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::clock::Clock;
use crate::config;
use crate::domain::act::Refusal;
use crate::domain::code::CodeTable;
use crate::domain::day::Day;
use crate::domain::session::{Session, SessionDate};
use crate::store::Store;

use super::Failure;
use super::args::Global;
use super::text::{escaped, printable};

/// The file open, the time, and somewhere to write the answer.
pub struct Desk<'o> {
    /// The record.
    pub store: Store,
    /// The time it is.
    pub clock: Clock,
    /// Whether answers are JSON.
    pub json: bool,
    out: &'o mut dyn Write,
}

/// Where in the school's day a command finds itself.
pub struct Moment {
    /// School-local date.
    pub date: NaiveDate,
    /// School-local time.
    pub time: NaiveTime,
    /// The session the office is working on; `None` when there is no school.
    pub session: Option<Session>,
    /// Why there is no school.
    pub closed: Option<String>,
}

/// The national codes.
pub fn codes() -> Result<Arc<CodeTable>, Failure> {
    CodeTable::national().map(Arc::new).map_err(|error| Failure::Program(error.message().to_owned()))
}

impl Global {
    /// The school's file.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        match &self.db {
            Some(path) => Ok(path.clone()),
            None => Ok(config::record()?),
        }
    }
}

impl<'o> Desk<'o> {
    /// Sit down at the file the arguments name.
    pub fn open(global: &Global, out: &'o mut dyn Write) -> Result<Desk<'o>, Failure> {
        let store = Store::open(&global.path()?, codes()?)?;
        Desk::at(store, global, out)
    }

    /// Sit down at a file already open.
    pub fn at(mut store: Store, global: &Global, out: &'o mut dyn Write) -> Result<Desk<'o>, Failure> {
        let clock = match global.now {
            Some(local) => Clock::Stopped(store.roll().school.instant(local)),
            None => store.clock()?,
        };
        Ok(Desk { store, clock, json: global.json, out })
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Now, on the school's clock.
    pub fn local(&self) -> NaiveDateTime {
        self.store.roll().school.local(self.now())
    }

    /// Today.
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// Where in the school's day we are.
    pub fn moment(&self) -> Moment {
        let (date, time) = (self.local().date(), self.local().time());
        let roll = self.store.roll();
        let closed = roll.calendar.why_closed(date);
        let times = roll.school.times.on(date.weekday()).filter(|_| closed.is_none());
        Moment { date, time, session: times.map(|times| times.current(time)), closed }
    }

    /// The session the office is working on, to act upon.
    pub fn current(&self) -> Result<SessionDate, Refusal> {
        let Moment { date, session, closed, .. } = self.moment();
        let why = closed.unwrap_or_else(|| "it is a weekend".to_owned());
        session.map(|session| SessionDate::new(date, session)).ok_or(Refusal::NoSchool { date, why })
    }

    /// Every fact of today.
    pub fn day(&mut self) -> Result<Day, Failure> {
        let today = self.today();
        Ok(self.store.day(today)?)
    }

    /// Write one line.
    pub fn say(&mut self, line: &str) -> Result<(), Failure> {
        say(self.out, line)
    }

    /// Write one line of JSON.
    pub fn say_json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        say_json(self.out, value)
    }
}

/// Write one line to `out`, fit for a terminal.
pub fn say(out: &mut dyn Write, line: &str) -> Result<(), Failure> {
    Ok(writeln!(out, "{}", printable(line))?)
}

/// Write one line of JSON to `out`, fit for a terminal.
pub fn say_json(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string(value).map_err(std::io::Error::from)?;
    Ok(writeln!(out, "{}", escaped(&json))?)
}
