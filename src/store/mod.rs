//! The record: the only place that speaks SQL.
//!
//! A [`Store`] answers three things: [`Store::perform`] does an act, [`Store::day`] gives every fact of a date, and
//! [`Store::changed`] says whether anybody's commit has moved the file since it was last asked. One aggregate, one module of
//! free functions over a connection; aggregates do not import each other, `acts` and `days` put them together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::domain::act::{Act, Officer, Receipt, Refusal};
use crate::domain::code::CodeTable;
use crate::domain::day::{Day, Past};
use crate::domain::disclosure::{Disclosed, Disclosure};
use crate::domain::pupil::{GroupId, PupilId};
use crate::domain::roll::Roll;
use crate::domain::school::School;
use crate::domain::session::SessionDate;
use crate::domain::sitting::Place;

mod acts;
mod backup;
mod call;
mod change;
mod columns;
mod days;
pub mod demo;
mod disclosure;
mod evidence;
mod facts;
pub mod fault;
pub mod history;
mod journal;
mod late;
mod lesson;
mod mark;
pub mod merge;
mod message;
mod open;
mod past;
pub mod pin;
mod place;
mod presence;
mod promise;
pub mod query;
mod reading;
mod register;
mod roll;
mod schema;
mod search;
mod sitting;
mod standing;
mod step;
mod tape;
#[cfg(test)]
mod tests;
mod timeline;
mod watch;

use change::{Change, Uncommitted};
pub use fault::Fault;
pub use standing::CaughtUp;

/// Why an act was not done.
#[derive(Debug)]
pub enum NotDone {
    /// The rules, or somebody's change meanwhile, forbid it: an answer.
    Refused(Box<Refusal>),
    /// The world is not as it should be: the file is as it was.
    Fault(Fault),
    /// It failed at the very end: whether it is done nobody can say before the file is read again. What it answers if it is.
    Unknown(Fault, Box<Receipt>),
}

/// One desk's hold on the school's file: a connection that writes and one that reads.
///
/// The reader sees the writer's commits as it sees another desk's, so own and foreign changes reach a screen by one path.
pub struct Store {
    path: PathBuf,
    place: place::Place,
    patience: open::Patience,
    openings: u64,
    writer: Connection,
    reader: Connection,
    codes: Arc<CodeTable>,
    roll: Arc<Roll>,
    roll_revision: i64,
    seen: i64,
    caches: days::Caches,
    standing: standing::Cache,
}

impl Store {
    /// Make a new file for `school` at `path`.
    pub fn create(path: &Path, school: &School, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        open::create(path, open::patient, |file| roll::write_school(file, school))?;
        Store::open(path, codes)
    }

    /// Open the file at `path`, upgrading it if an older firstbell wrote it.
    pub fn open(path: &Path, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        Store::open_waiting(path, open::patient, codes)
    }

    /// The same, but never waiting for another desk's commit: a file that is locked at the moment is a fault.
    pub fn open_at_once(path: &Path, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        Store::open_waiting(path, open::at_once, codes)
    }

    fn open_waiting(path: &Path, patience: open::Patience, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        let place = place::Place::find(path)?;
        let writer = open::open(place.path(), patience)?;
        let reader = open::connect(place.path(), patience)?;
        let store = Store::with(place, writer, reader, patience, codes)?;
        store.opened()
    }

    /// A store of the file at `place`, or of a copy of it, that two connections have open.
    fn with(
        place: place::Place,
        writer: Connection,
        reader: Connection,
        patience: open::Patience,
        codes: Arc<CodeTable>,
    ) -> Result<Store, Fault> {
        let path = place.path().to_owned();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        reader.pragma_update(None, "query_only", true).map_err(fault)?;
        // A day is read from few pages, and stays with the operating system besides: 512 KiB of our own do.
        reader.pragma_update(None, "cache_size", -512).map_err(fault)?;
        let seen = data_version(&reader).map_err(fault)?;
        let (roll, roll_revision) = roll::load(&reader, codes.clone()).map_err(fault)?;
        Ok(Store {
            path,
            place,
            patience,
            openings: 1,
            writer,
            reader,
            codes,
            roll: Arc::new(roll),
            roll_revision,
            seen,
            caches: days::Caches::default(),
            standing: standing::Cache::default(),
        })
    }

    /// The same, of the file itself: from now on what lies beside it is looked after.
    fn opened(mut self) -> Result<Store, Fault> {
        self.place.opened()?;
        Ok(self)
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the account that owns the file that is open.
    pub fn owner(&self) -> u32 {
        self.place.owner()
    }

    /// The roll as last read.
    pub fn roll(&self) -> &Arc<Roll> {
        &self.roll
    }

    /// How often the file has been opened: more than once when another copy was put in its place.
    pub fn openings(&self) -> u64 {
        self.openings
    }

    /// Whether the record has moved since this was last asked: anybody's commit, our own among them. When another copy of the file
    /// stands in its place, that is opened.
    pub fn changed(&mut self) -> Result<bool, Fault> {
        if self.place.look()? == place::Found::Other {
            self.open_again()?;
            return Ok(true);
        }
        let now = data_version(&self.reader).map_err(|error| self.fault(&error))?;
        Ok(std::mem::replace(&mut self.seen, now) != now)
    }

    /// Open what stands in our file's place now, if it is a copy of it: both began with the same act.
    fn open_again(&mut self) -> Result<(), Fault> {
        let began = journal::beginning(&self.reader).map_err(|error| self.fault(&error))?;
        let mut now = Store::open_waiting(&self.path, self.patience, self.codes.clone())?;
        if journal::beginning(&now.writer).map_err(|error| self.fault(&error))? != began {
            return Err(Fault::OtherSchool(self.path.clone()));
        }
        now.openings = self.openings + 1;
        // SQLite, closing the old one, sees that it has been moved and leaves what lies beside the new one alone.
        *self = now;
        Ok(())
    }

    /// Every fact of `date`, read in one moment.
    pub fn day(&mut self, date: NaiveDate) -> Result<Day, Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let moment = self.reader.transaction().map_err(fault)?;
        if let Some((roll, revision)) = roll::newer(&moment, self.roll_revision, &self.codes).map_err(fault)? {
            (self.roll, self.roll_revision) = (Arc::new(roll), revision);
            self.caches.past = past::Cache::default();
        }
        let day = days::load(&moment, &self.roll, date, &mut self.caches).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(day)
    }

    /// What stands about one pupil before `date`.
    pub fn past(&mut self, pupil: PupilId, date: NaiveDate) -> Result<Past, Fault> {
        let days = past::school_days(&self.roll, date);
        past::load(&self.reader, &self.roll, &days, pupil, date).map_err(|error| self.fault(&error))
    }

    /// Do one act, signed by `officer` at `now`: load what the rule needs, let the rules decide, write, journal, commit; or
    /// leave the file as it was and say why.
    pub fn perform(&mut self, officer: &Officer, now: DateTime<Utc>, act: &Act) -> Result<Receipt, NotDone> {
        self.perform_once(officer, now, act, None)
    }

    /// The same, of an act that was tried before and failed at the very end: if it was done then, `receipt` is its answer, and it is
    /// not done twice.
    pub fn perform_once(
        &mut self,
        officer: &Officer,
        now: DateTime<Utc>,
        act: &Act,
        receipt: Option<&Receipt>,
    ) -> Result<Receipt, NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
        if let Some(receipt) = receipt
            && journal::holds(&change, receipt.act, officer, now, act).map_err(fault)?
        {
            return Ok(receipt.clone());
        }
        if let Some((roll, revision)) = roll::newer(&change, self.roll_revision, &self.codes).map_err(fault)? {
            (self.roll, self.roll_revision) = (Arc::new(roll), revision);
            self.caches.past = past::Cache::default();
        }
        match acts::perform(&change, &self.roll, officer, now, act) {
            Ok(receipt) => match change.commit() {
                Ok(()) => Ok(receipt),
                Err(Uncommitted::NotSaved(fault)) => Err(NotDone::Fault(fault)),
                Err(Uncommitted::Unknown(fault)) => Err(NotDone::Unknown(fault, Box::new(receipt))),
            },
            Err(acts::Stop::Refused(refusal)) => Err(NotDone::Refused(refusal)),
            Err(acts::Stop::Sqlite(error)) => Err(fault(error)),
        }
    }

    /// Say who covers a tutor group's register of a session, and where; a second time replaces the first.
    pub fn set_cover(
        &mut self,
        group: GroupId,
        at: SessionDate,
        teacher: Option<&str>,
        room: Option<&str>,
    ) -> Result<(), Fault> {
        self.write(|file| register::put_cover(file, None, group, at, teacher, room))
    }

    /// Say that `officer` sits at their desk, on this pupil or on nobody, and since when; or that they have left. A courtesy between
    /// desks, not an act.
    pub fn sit(
        &mut self,
        officer: &Officer,
        at: Option<(Place, Option<PupilId>)>,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        self.write(|file| match at {
            Some(at) => sitting::put(file, officer, at, since, now),
            None => sitting::drop(file, &officer.desk),
        })
    }

    /// Put down what is about to be shown to `officer`.
    pub fn disclose(&mut self, officer: &Officer, now: DateTime<Utc>, disclosure: &Disclosure) -> Result<(), Fault> {
        self.write(|file| disclosure::add(file, officer, now, disclosure))
    }

    /// What was shown on the school-local `date`, oldest first.
    pub fn disclosed(&self, date: NaiveDate) -> Result<Vec<Disclosed>, Fault> {
        let school = &self.roll.school;
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let [from, until] = [date, next].map(|date| school.instant(date.and_time(NaiveTime::MIN)));
        disclosure::between(&self.reader, school, from, until).map_err(|error| self.fault(&error))
    }

    /// Replace the school's settings on the school-local date `today`. Other session times hold from then on, or from the first day
    /// they name if that is to come: see [`School::in_place_of`].
    pub fn set_school(&mut self, school: &School, today: NaiveDate) -> Result<(), Fault> {
        self.write(|file| {
            let held = roll::school(file)?;
            roll::write_school(file, &school.clone().in_place_of(&held, today))
        })
    }

    fn fault(&self, error: &rusqlite::Error) -> Fault {
        Fault::from_sqlite(&self.path, error)
    }
}

impl Drop for Store {
    /// SQLite, closing the last connection, carries the -wal over into the file and deletes it: not where that would undo others' work.
    fn drop(&mut self) {
        if !self.place.may_be_carried_over(&self.reader) {
            for connection in [&self.writer, &self.reader] {
                let (Ok(_) | Err(_)) = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
            }
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}
