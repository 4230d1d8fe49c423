//! The record, and the only SQL.
//!
//! A [`Store`] answers three things: [`Store::perform`] does an act, [`Store::day`] gives every fact of a date, and
//! [`Store::changed`] says whether anybody's commit has moved the file since it was last asked. One table, one module of
//! free functions over a connection, in `tables`; they do not import each other: `acts` and `read` put them together.

mod acts;
pub mod archive;
mod columns;
pub mod demo;
pub mod feed;
mod file;
pub mod handback;
pub mod history;
mod journal;
pub mod merge;
mod read;
pub mod retention;
mod tables;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::domain::act::disclosure::{Disclosed, Disclosure};
use crate::domain::act::permission::check_matter;
use crate::domain::act::{Act, Officer, Receipt, Refusal, When};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::CodeTable;
use crate::domain::day::{Day, Past};
use crate::domain::facts::desk_presence::Place;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::question::Question;
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::school::School;
use crate::domain::school::roll::Roll;
use crate::domain::year::PupilYear;
use crate::domain::year::day_marks::DayMarks;
use file::change::{Change, Uncommitted};
pub use file::fault::Fault;
pub use file::query::{Amendment, Answer, Bounds};
use file::{open, place};
pub use read::moment::Moment;
pub use read::standing::CaughtUp;
use read::{days, figures, past, roll, standing, year};
pub use tables::pin::Tried;
use tables::{desk_presence, disclosure, register};

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The rules, or somebody's change meanwhile, forbid it: an answer.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The world is not as it should be: the file is as it was.
    #[error("{0}")]
    Fault(Fault),
    /// It failed at the very end: whether it is done nobody can say before the file is read again. What it answers if it is.
    #[error("{0}")]
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
    held: Held,
    seen: i64,
    caches: days::Kept,
    standing: standing::Cache,
}

/// The roll as last read.
struct Held {
    roll: Arc<Roll>,
    revision: i64,
    /// The school-local date as of which it was read: who is in which tutor group.
    on: NaiveDate,
}

impl Held {
    /// Read it again if anybody has changed it; what was kept of the past rests on it.
    fn freshen(
        &mut self,
        connection: &Connection,
        codes: &Arc<CodeTable>,
        caches: &mut days::Kept,
    ) -> rusqlite::Result<()> {
        if let Some((roll, revision)) = roll::newer(connection, self.revision, codes, self.on)? {
            *self = Held { roll: Arc::new(roll), revision, on: self.on };
            caches.forget_past();
        }
        Ok(())
    }

    /// The same, as of a school-local date.
    fn freshen_for(
        &mut self,
        connection: &Connection,
        codes: &Arc<CodeTable>,
        caches: &mut days::Kept,
        on: NaiveDate,
    ) -> rusqlite::Result<()> {
        self.freshen(connection, codes, caches)?;
        if self.roll.differs_between(self.on, on) {
            let (roll, revision) = roll::load(connection, codes.clone(), on)?;
            *self = Held { roll: Arc::new(roll), revision, on };
        }
        self.on = on;
        Ok(())
    }

    /// The roll as of another school-local date: the same, unless somebody changes the tutor group between.
    fn roll_for(&self, connection: &Connection, codes: &Arc<CodeTable>, on: NaiveDate) -> rusqlite::Result<Arc<Roll>> {
        if self.roll.differs_between(self.on, on) {
            return Ok(Arc::new(roll::load(connection, codes.clone(), on)?.0));
        }
        Ok(self.roll.clone())
    }

    /// An officer with the role that the staff list gives them now.
    fn asked_again(&self, officer: &Officer) -> Result<Officer, NotDone> {
        match officer.role_now(&self.roll.school.staff) {
            Ok(role) => Ok(Officer { role, ..officer.clone() }),
            Err(refusal) => Err(NotDone::Refused(Box::new(refusal))),
        }
    }
}

impl Store {
    /// Make a new file for `school` at `path`.
    pub fn create(path: &Path, school: &School, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        open::create(path, open::patient, |file| roll::write_school(file, school))?;
        Store::open(path, codes)
    }

    /// Open the file at `path`, upgrading it if an older firstbell wrote it.
    pub fn open(path: &Path, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        let mut store = Store::open_waiting(path, open::patient, codes)?;
        // Work goes on though it fails: the next desk to open the file tries it again.
        let (Ok(()) | Err(_)) = store.take_back_cut_off();
        Ok(store)
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
        only_reads(&reader).map_err(fault)?;
        let seen = data_version(&reader).map_err(fault)?;
        // Until a date is asked about, everybody is where they are going to be.
        let on = NaiveDate::MAX;
        let (roll, revision) = roll::load(&reader, codes.clone(), on).map_err(fault)?;
        Ok(Store {
            path,
            place,
            patience,
            openings: 1,
            writer,
            reader,
            codes,
            held: Held { roll: Arc::new(roll), revision, on },
            seen,
            caches: days::Kept::default(),
            standing: standing::Cache::default(),
        })
    }

    /// The same, of the file itself: from now on what lies beside it is looked after.
    fn opened(mut self) -> Result<Store, Fault> {
        self.place.opened()?;
        Ok(self)
    }

    /// Another connection that only reads, for a thread of its own.
    fn another_reader(&self) -> Result<Connection, Fault> {
        let reader = open::connect(self.place.path(), self.patience)?;
        only_reads(&reader).map_err(|error| self.fault(&error))?;
        Ok(reader)
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
        &self.held.roll
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
        self.held.freshen_for(&moment, &self.codes, &mut self.caches, date).map_err(fault)?;
        let day = days::load(&moment, &self.held.roll, date, &mut self.caches.today).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(day)
    }

    /// Every fact of a `date` that is looked at beside today, read in one moment. What only the day's work asks for is left out: the past
    /// of those who are followed up, older marks at N, and who is away on the day after.
    pub fn another_day(&mut self, date: NaiveDate) -> Result<Day, Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let moment = self.reader.transaction().map_err(fault)?;
        self.held.freshen(&moment, &self.codes, &mut self.caches).map_err(fault)?;
        let roll = self.held.roll_for(&moment, &self.codes, date).map_err(fault)?;
        let day = days::load_alone(&moment, &roll, date, &mut self.caches.another).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(day)
    }

    /// What stands about one pupil before `date`.
    pub fn past(&mut self, pupil: PupilId, date: NaiveDate) -> Result<Past, Fault> {
        let days = past::school_days(&self.held.roll, date);
        let past = past::load(&self.reader, &self.held.roll, &days, pupil, date);
        let with_minutes = |past| past::with_minutes(&self.reader, &self.held.roll, &days, (pupil, date), past);
        past.and_then(with_minutes).map_err(|error| self.fault(&error))
    }

    /// The school year of a pupil that begins at `starts`, as it stands on `today`; `None` of a number that is not on the roll.
    pub fn year(&self, pupil: PupilId, starts: NaiveDate, today: NaiveDate) -> Result<Option<PupilYear>, Fault> {
        year::load(&self.reader, &self.held.roll, pupil, starts, today).map_err(|error| self.fault(&error))
    }

    /// The figures that are asked for, read in one moment, as they stand `now`.
    pub fn figures(&mut self, asked: &Question, now: DateTime<Utc>) -> Result<Tally, Fault> {
        self.figures_and_marks(asked, now, |_, _, _| {})
    }

    /// The same, and each mark that they count is given to `also`: whose, of which session.
    pub fn figures_and_marks(
        &mut self,
        asked: &Question,
        now: DateTime<Utc>,
        also: impl FnMut(PupilId, SessionDate, Mark),
    ) -> Result<Tally, Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let moment = self.reader.transaction().map_err(fault)?;
        self.held.freshen(&moment, &self.codes, &mut self.caches).map_err(fault)?;
        let now = self.held.roll.school.local(now);
        let roll = self.held.roll_for(&moment, &self.codes, now.date()).map_err(fault)?;
        let tally = figures::load(&moment, &roll, asked, now, also).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(tally)
    }

    /// The marks of a pupil's date in full; `None` of a number that is not on the roll.
    pub fn marks_of_day(&self, pupil: PupilId, date: NaiveDate) -> Result<Option<DayMarks>, Fault> {
        year::marks_of_day(&self.reader, &self.held.roll, pupil, date).map_err(|error| self.fault(&error))
    }

    /// Do one act, signed by `officer`: load what the rule needs, let the rules decide, write, journal, commit; or
    /// leave the file as it was and say why.
    pub fn perform(&mut self, officer: &Officer, when: impl Into<When>, act: &Act) -> Result<Receipt, NotDone> {
        self.perform_once(officer, when.into(), act, None)
    }

    /// The same, of an act that was tried before and failed at the very end: if it was done then, `receipt` is its answer, and it is
    /// not done twice.
    pub fn perform_once(
        &mut self,
        officer: &Officer,
        when: When,
        act: &Act,
        receipt: Option<&Receipt>,
    ) -> Result<Receipt, NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
        if let Some(receipt) = receipt
            && journal::holds(&change, receipt.act, officer, when.now, act).map_err(fault)?
        {
            return Ok(receipt.clone());
        }
        let today = self.held.roll.school.local(when.now).date();
        self.held.freshen_for(&change, &self.codes, &mut self.caches, today).map_err(fault)?;
        let officer = self.held.asked_again(officer)?;
        match acts::perform(&change, &self.held.roll, &officer, when, act) {
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
    pub fn store_presence(
        &mut self,
        officer: &Officer,
        at: Option<(Place, Option<PupilId>)>,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        self.write(|file| match at {
            Some(at) => desk_presence::store(file, officer, at, since, now),
            None => desk_presence::drop(file, &officer.desk),
        })
    }

    /// Put down what is about to be shown to `officer`; refused where it is no longer for them.
    pub fn disclose(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        disclosure: &Disclosure,
    ) -> Result<(), NotDone> {
        self.write_for(officer, |change, officer| {
            check_matter(officer.role, disclosure.shown.matter())?;
            Ok(disclosure::add(change, officer, when.into(), disclosure)?)
        })
    }

    /// What was shown on the school-local `date`, oldest first.
    pub fn disclosed(&self, date: NaiveDate) -> Result<Vec<Disclosed>, Fault> {
        let school = &self.held.roll.school;
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let [from, until] = [date, next].map(|date| school.instant(date.and_time(NaiveTime::MIN)));
        disclosure::between(&self.reader, school, from, until).map_err(|error| self.fault(&error))
    }

    fn fault(&self, error: &rusqlite::Error) -> Fault {
        Fault::from_sqlite(&self.path, error)
    }
}

impl Drop for Store {
    /// SQLite, closing the last connection, carries the -wal over into the file and deletes it: not where that would undo others' work.
    fn drop(&mut self) {
        if !self.place.is_replaceable(&self.reader) {
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

fn only_reads(reader: &Connection) -> rusqlite::Result<()> {
    reader.pragma_update(None, "query_only", true)?;
    // A day is read from few pages, and stays with the operating system besides: 512 KiB of our own do.
    reader.pragma_update(None, "cache_size", -512)
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}
