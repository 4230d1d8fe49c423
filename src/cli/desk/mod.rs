//! The desk a command works at: the file open, the time, and somewhere to write the answer.

pub mod act;
pub mod answer;
pub mod pupil;
pub mod showing;
pub mod writing;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::Failure;
use super::parse::Global;
use super::text::{escaped, printable};
use crate::clock::Clock;
use crate::config::{self, Unseated};
use crate::domain::act::{Officer, Refusal, When};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::CodeTable;
use crate::domain::day::Day;
use crate::store::{Fault, NotDone, Store};
use act::print_refusal;

/// The file open, the time, and somewhere to write the answer.
pub struct Desk<'o> {
    /// The record.
    pub store: Store,
    /// The time it is.
    pub clock: Clock,
    /// Whether answers are JSON.
    pub json: bool,
    /// Who is at the desk.
    pub officer: Officer,
    /// Why the file is only read, where it was to be written.
    pub unwritable: Option<Fault>,
    out: &'o mut dyn Write,
}

/// Where in the school's day a command finds itself.
pub struct Moment {
    /// School-local date.
    pub date: NaiveDate,
    /// School-local time.
    pub time: NaiveTime,
    /// The session the office is working on, or why there is no school.
    pub session: Result<Session, String>,
}

/// The national codes.
pub fn codes() -> Result<Arc<CodeTable>, Failure> {
    CodeTable::national().map(Arc::new).map_err(|error| Failure::Program(error.message().to_owned()))
}

impl Global {
    /// The file that the arguments name, or the environment. Where somebody is given a login over a line, the environment is
    /// not heard: they may have sent it.
    pub fn named(&self) -> Option<PathBuf> {
        let unheard = self.login.is_some() && config::over_ssh();
        self.db.clone().or_else(|| config::named().filter(|_| !unheard))
    }

    /// The school's file.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        match self.named() {
            Some(path) => Ok(path),
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

    /// The same, only to read: also where nothing can be written, and behind another program's lock.
    pub fn open_to_read(global: &Global, out: &'o mut dyn Write) -> Result<Desk<'o>, Failure> {
        let store = Store::open_to_read(&global.path()?, codes()?)?;
        Desk::at(store, global, out)
    }

    /// The same, to write where that can be, and else only to read.
    pub fn open_or_read(global: &Global, out: &'o mut dyn Write) -> Result<Desk<'o>, Failure> {
        let (path, codes) = (global.path()?, codes()?);
        match Store::open(&path, codes.clone()) {
            Ok(store) => Desk::at(store, global, out),
            Err(fault) => {
                let desk = Desk::at(Store::open_to_read(&path, codes)?, global, out)?;
                Ok(Desk { unwritable: Some(fault), ..desk })
            }
        }
    }

    /// Sit down at a file already open.
    pub fn at(mut store: Store, global: &Global, out: &'o mut dyn Write) -> Result<Desk<'o>, Failure> {
        let owner = config::owns(store.owner());
        let officer = match config::officer(&store.roll().school.staff, owner, global.login.as_deref()) {
            Ok(officer) => officer,
            Err(Unseated::Config(fault)) => return Err(fault.into()),
            Err(unseated) => return print_refusal(global.json, out, &unseated.to_string()),
        };
        let clock = match global.now {
            // Nothing in a school that is made up is of a child: there anybody may set the clock.
            Some(local) if store.demo_clock()?.is_some() => Clock::Stopped(store.roll().school.instant(local)),
            Some(_) if !owner || global.login.is_some() => {
                let text = "--now is for the account that owns the school's file, and not with --as: leave it out";
                return print_refusal(global.json, out, text);
            }
            Some(local) => Clock::Given(store.roll().school.instant(local)),
            None => store.clock()?,
        };
        Ok(Desk { store, clock, json: global.json, officer, unwritable: None, out })
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Now; and the computer's own time, where another was given.
    pub fn when(&self) -> When {
        self.clock.both().into()
    }

    /// What the store answered, or its refusal said.
    pub fn answered<T>(&mut self, answer: Result<T, NotDone>) -> Result<T, Failure> {
        match answer {
            Ok(found) => Ok(found),
            Err(NotDone::Refused(refusal)) => self.refuse(&refusal),
            Err(NotDone::Fault(fault)) => Err(fault.into()),
            Err(NotDone::Unknown(fault, _)) => Err(Fault::PerhapsSaved(Box::new(fault)).into()),
        }
    }

    /// Now, on the school's clock.
    pub fn local(&self) -> NaiveDateTime {
        self.store.roll().school.local(self.now())
    }

    /// Today.
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// When today began.
    pub fn midnight(&self) -> DateTime<Utc> {
        self.store.roll().school.instant(self.today().and_time(NaiveTime::MIN))
    }

    /// Where in the school's day we are.
    pub fn moment(&self) -> Moment {
        let (date, time) = (self.local().date(), self.local().time());
        let roll = self.store.roll();
        Moment { date, time, session: roll.times(date).map(|times| times.current(time)) }
    }

    /// The session the office is working on, or why there is no school. A day that closed unexpectedly has one: whoever was not
    /// accounted for before is followed up all the same.
    pub fn session_at_work(&self) -> Result<Session, String> {
        let Moment { date, time, session } = self.moment();
        let roll = self.store.roll();
        session.or_else(|why| match roll.calendar.closed_unexpectedly(date) {
            true => Ok(roll.hours(date).current(time)),
            false => Err(why),
        })
    }

    /// The session the office is working on, to act upon; refused when there is no school.
    pub fn current(&mut self) -> Result<SessionDate, Failure> {
        let date = self.today();
        match self.session_at_work() {
            Ok(session) => Ok(SessionDate::new(date, session)),
            Err(why) => self.refuse(&Refusal::NoSchool { date, why }),
        }
    }

    /// Every fact of today.
    pub fn day(&mut self) -> Result<Day, Failure> {
        let today = self.today();
        Ok(self.store.day(today)?)
    }

    /// The record, and where the answer goes.
    pub fn store_and_out(&mut self) -> (&mut Store, &mut dyn Write) {
        (&mut self.store, &mut *self.out)
    }

    /// Write one line.
    pub fn print(&mut self, line: &str) -> Result<(), Failure> {
        print(self.out, line)
    }

    /// Write pages of lines, parted by form feeds.
    pub fn print_pages(&mut self, pages: &str) -> Result<(), Failure> {
        for (place, page) in pages.split('\x0c').enumerate() {
            if place > 0 {
                write!(self.out, "\x0c")?;
            }
            page.lines().try_for_each(|line| self.print(line))?;
        }
        Ok(())
    }

    /// Write one line of JSON.
    pub fn print_json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        print_json(self.out, value)
    }
}

/// Write one line to `out`, fit for a terminal.
pub fn print(out: &mut dyn Write, line: &str) -> Result<(), Failure> {
    Ok(writeln!(out, "{}", printable(line))?)
}

/// Write one line of JSON to `out`, fit for a terminal.
pub fn print_json(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string(value).map_err(std::io::Error::from)?;
    Ok(writeln!(out, "{}", escaped(&json))?)
}
