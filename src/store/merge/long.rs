//! Files of very many marks. No desk waits for them: they are checked and settled outside the lock, and written in many changes, each of
//! them short. The import is in the journal from the first of them, and under way until the last; whatever ends it before that, what it
//! wrote is taken back.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

use super::marks::Prepared;
use super::marks::TO_COME;
use super::marks::long::{Long, Reach, ToCome, Window};
use super::marks::told;
use super::{Merged, files, ids, import_note, imported, journal, quarantine, too_much};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{Officer, Other, When};
use crate::domain::act_id::ActId;
use crate::domain::code::CodeTable;
use crate::domain::facts::changed_mark::in_all;
use crate::domain::facts::fed_file::FedFile;
use crate::domain::incoming::{Incoming, Marks};
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;
use crate::store::acts::{Stop, Work};
use crate::store::file::change::Change;
use crate::store::read::roll;
use crate::store::tables::incoming::arriving;
use crate::store::tables::incoming::fed_file::{self, Became};
use crate::store::tables::{mark, roll_change};
use crate::store::{Fault, NotDone, Store};

/// More marks than these are many: a day's file, and a week's of a small school, come in one change.
pub const MANY: usize = if cfg!(test) { 24 } else { 6_000 };

/// After each change: longer than a desk that waits naps between two tries.
pub const PAUSE: Duration = Duration::from_millis(if cfg!(test) { 0 } else { 3 });

/// Memory for pages of the file meanwhile, in kibibytes, which SQLite takes with a minus; and SQLite's own otherwise.
const PAGES: i32 = -16_384;
const USUAL_PAGES: i32 = -2_000;

/// Pages in the -wal from which on whoever commits carries them over: SQLite's own.
const USUAL_WAL: u32 = 1_000;

/// An import of many marks.
pub struct Asked<'i> {
    /// By whom.
    pub officer: &'i Officer,
    /// When.
    pub when: When,
    /// Marks, and marks that are no code; nothing else.
    pub incoming: &'i Incoming,
    /// Whether its marks count as told by the school's own system.
    pub of_mis: Option<bool>,
    /// The file, of a folder that feeds itself: once all is in the record it is kept that it was taken.
    pub fed: Option<&'i FedFile>,
    /// The earliest date that it is about.
    pub about: Option<NaiveDate>,
    /// Whether it is to be stopped.
    pub is_stopped: &'i dyn Fn() -> bool,
}

/// What it rests on, as of the last moment at which it was asked.
struct Ground {
    roll: Roll,
    revision: i64,
    role: Role,
    is_owner: bool,
    now: DateTime<Utc>,
}

impl Ground {
    fn work<'a>(&'a self, connection: &'a Connection, act: ActId) -> Work<'a> {
        let (role, is_owner, local) = (self.role, self.is_owner, self.roll.school.local(self.now));
        Work { connection, roll: &self.roll, role, is_owner, local, act }
    }

    /// Settle the dates before those of a window, or the last of all, as of one moment.
    fn settled(
        &self,
        reader: &mut Connection,
        to_come: &ToCome,
        marks: &Marks,
        before: Option<&Reach>,
    ) -> Result<Option<Window>, Stop> {
        let moment = reader.transaction()?;
        let work = self.work(&moment, TO_COME);
        let window = match before {
            Some(window) => to_come.before(&work, marks, window)?,
            None => to_come.last(&work, marks)?,
        };
        moment.commit()?;
        Ok(window)
    }
}

impl Store {
    /// Bring the marks in. Whoever calls it holds the lock of imports.
    pub(super) fn merge_long(&mut self, asked: &Asked<'_>, step: &mut dyn FnMut()) -> Result<Merged, NotDone> {
        self.writer.pragma_update(None, "cache_size", PAGES).map_err(|error| NotDone::Fault(self.fault(&error)))?;
        let merged = self.bring_long(asked, step);
        let (Ok(()) | Err(_)) = arriving::keep_no_more(&self.writer);
        let (Ok(()) | Err(_)) = self.writer.pragma_update(None, "cache_size", USUAL_PAGES);
        // Nothing is left to take back where it came to its end. Where this fails too, the next desk to open the file does it.
        let taken_back = self.take_back();
        let merged = merged?;
        taken_back.map_err(NotDone::Fault)?;
        Ok(merged)
    }

    pub(super) fn bring_long(&mut self, asked: &Asked<'_>, step: &mut dyn FnMut()) -> Result<Merged, NotDone> {
        self.write_in_passing(true).map_err(NotDone::Fault)?;
        let brought = self.bring_parts(asked, step);
        self.write_in_passing(false).map_err(NotDone::Fault)?;
        let (long, ground) = brought?;
        self.close_long(asked, long, ground, step)
    }

    /// From here on what is written is taken back, if the computer stops, until the last change of it: so no commit waits for the disk, and
    /// nothing refers to what is not there. That others' acts are on the disk once they are acknowledged does not change.
    pub(super) fn write_in_passing(&self, is_so: bool) -> Result<(), Fault> {
        let (synchronous, foreign_keys) = if is_so { ("NORMAL", "OFF") } else { ("FULL", "ON") };
        let pragmas = format!("PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = {foreign_keys}");
        self.writer.execute_batch(&pragmas).map_err(|error| self.fault(&error))
    }

    /// All but the last change.
    fn bring_parts(&mut self, asked: &Asked<'_>, step: &mut dyn FnMut()) -> Result<(Long, Ground), NotDone> {
        let (mut long, mut ground) = self.check_long(asked, step)?;
        if long.is_too_much(&begun(asked)) {
            return Ok((long, ground));
        }
        self.carry_over_by_itself(false).map_err(NotDone::Fault)?;
        let brought = self.bring_windows(asked, &mut long, &mut ground, step);
        self.carry_over_by_itself(true).map_err(NotDone::Fault)?;
        brought?;
        while long.brought.has_one_by_one() {
            goes_on(asked)?;
            self.write_one_by_one(asked, &mut long, &mut ground)?;
            std::thread::sleep(PAUSE);
        }
        goes_on(asked)?;
        Ok((long, ground))
    }

    /// Whether the writer carries what it committed over from the -wal by itself, once that is long.
    fn carry_over_by_itself(&self, is_so: bool) -> Result<(), Fault> {
        let pragma = format!("PRAGMA wal_autocheckpoint = {}", if is_so { USUAL_WAL } else { 0 });
        self.writer.execute_batch(&pragma).map_err(|error| self.fault(&error))
    }

    /// Bring all dates, the last first. While the marks of some are written, a thread with a connection of its own settles those of the
    /// dates before them, as a reader sees them, and then carries each change over from the -wal. If somebody changes meanwhile what the
    /// settled rest on, that is done anew.
    fn bring_windows(
        &mut self,
        asked: &Asked<'_>,
        long: &mut Long,
        ground: &mut Ground,
        step: &mut dyn FnMut(),
    ) -> Result<(), NotDone> {
        let path = self.path.clone();
        let not_done = |stop| not_done(stop, |error| NotDone::Fault(Fault::from_sqlite(&path, &error)));
        let marks = &asked.incoming.marks;
        let mut reader = self.another_reader().map_err(NotDone::Fault)?;
        let mut next = ground.settled(&mut reader, &long.to_come, marks, None).map_err(not_done)?;
        while let Some(mut window) = next {
            let (to_come, reach, settled_by) = (&long.to_come, window.reach(), &*ground);
            let (committed, commits) = channel();
            let (is_written, before) = std::thread::scope(|scope| {
                let before = scope.spawn(|| {
                    let before = settled_by.settled(&mut reader, to_come, marks, Some(&reach));
                    for () in commits {
                        carry_over(&reader);
                    }
                    before
                });
                let written = self.write_window(asked, to_come, &mut window, settled_by, step, &mut |window, parts| {
                    long.brought.written(window, parts);
                    let (Ok(()) | Err(_)) = committed.send(());
                });
                drop(committed);
                (written, before.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            });
            if is_written? {
                long.to_come.forget(&window);
                next = before.map_err(not_done)?;
            } else {
                self.settle_again(asked, long, &mut window, ground)?;
                next = Some(window);
            }
        }
        Ok(())
    }

    /// Check every row, as of one moment.
    fn check_long(&mut self, asked: &Asked<'_>, step: &mut dyn FnMut()) -> Result<(Long, Ground), NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let moment = self.reader.transaction().map_err(fault)?;
        let today = self.held.roll.school.local(asked.when.now).date();
        let (roll, revision) = roll::load(&moment, self.codes.clone(), today).map_err(fault)?;
        let refused = |refusal| NotDone::Refused(Box::new(refusal));
        let role = asked.officer.role_now(&roll.school.staff).map_err(refused)?;
        check_matter(role, Matter::Import).map_err(refused)?;
        let (is_owner, now) = (asked.officer.is_owner, asked.when.now);
        let ground = Ground { roll, revision, role, is_owner, now };
        let work = ground.work(&moment, TO_COME);
        let checked = Prepared::checked(&work, &asked.incoming.marks, &begun(asked), step);
        let long = checked.map(Long::new).map_err(|stop| not_done(stop, fault))?;
        moment.commit().map_err(fault)?;
        Ok((long, ground))
    }

    /// Settle what is left of the dates at hand once more, as of one moment; by the roll as it is then.
    fn settle_again(
        &mut self,
        asked: &Asked<'_>,
        long: &mut Long,
        window: &mut Window,
        ground: &mut Ground,
    ) -> Result<(), NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let moment = self.reader.transaction().map_err(fault)?;
        let marks = &asked.incoming.marks;
        let is_new = roll_now(&moment, &self.codes, ground).map_err(fault)?;
        let work = ground.work(&moment, TO_COME);
        if is_new {
            long.check_again(&work, marks, window).map_err(|stop| not_done(stop, fault))?;
        }
        long.to_come.settle(&work, marks, window).map_err(|stop| not_done(stop, fault))?;
        moment.commit().map_err(fault)
    }

    /// Write what is left of the dates at hand, and tell of each change by `written`; false, and some of it is not done, where somebody has
    /// changed meanwhile what it rests on.
    fn write_window(
        &mut self,
        asked: &Asked<'_>,
        to_come: &ToCome,
        window: &mut Window,
        ground: &Ground,
        step: &mut dyn FnMut(),
        written: &mut dyn FnMut(&mut Window, &[usize]),
    ) -> Result<bool, NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let nothing = window.nothing();
        written(window, &nothing);
        while !window.is_done() {
            goes_on(asked)?;
            let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
            let is_changed = window.is_changed(&change).map_err(fault)?;
            if is_changed || roll::revision(&change).map_err(fault)? != ground.revision {
                return Ok(false);
            }
            let work = ground.work(&change, opened(&change, asked).map_err(fault)?);
            let parts = to_come.write(&work, &asked.incoming.marks, window, step);
            let parts = parts.map_err(|stop| not_done(stop, fault))?;
            change.commit().map_err(|why| NotDone::Fault(why.into()))?;
            written(window, &parts);
            std::thread::sleep(PAUSE);
        }
        Ok(true)
    }

    /// Settle the next rows in the record itself of those of which more is recorded.
    fn write_one_by_one(&mut self, asked: &Asked<'_>, long: &mut Long, ground: &mut Ground) -> Result<(), NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let marks = &asked.incoming.marks;
        let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
        let is_new = roll_now(&change, &self.codes, ground).map_err(fault)?;
        let work = ground.work(&change, opened(&change, asked).map_err(fault)?);
        if is_new {
            long.check_one_by_one_again(&work, marks).map_err(|stop| not_done(stop, fault))?;
        }
        let done = long.brought.write_one_by_one(&work, marks, &long.to_come.pupils);
        let done = done.map_err(|stop| not_done(stop, fault))?;
        change.commit().map_err(|why| NotDone::Fault(why.into()))?;
        long.brought.written_one_by_one(done);
        Ok(())
    }

    /// Tell of it all, and end it: from now on it is an import like any other.
    fn close_long(
        &mut self,
        asked: &Asked<'_>,
        long: Long,
        mut ground: Ground,
        step: &mut dyn FnMut(),
    ) -> Result<Merged, NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let moment = self.reader.transaction().map_err(fault)?;
        let standing = arriving::standing(&moment).map_err(fault)?.map_or(TO_COME, |import| import.act);
        let ahead = match asked.of_mis {
            Some(true) => Some(told::Ahead::of(&moment, &asked.incoming.marks, standing).map_err(fault)?),
            Some(false) | None => None,
        };
        moment.commit().map_err(fault)?;
        let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
        roll_now(&change, &self.codes, &mut ground).map_err(fault)?;
        let refused = |refusal| NotDone::Refused(Box::new(refusal));
        ground.role = asked.officer.role_now(&ground.roll.school.staff).map_err(refused)?;
        check_matter(ground.role, Matter::Import).map_err(refused)?;
        let act = opened(&change, asked).map_err(fault)?;
        let (work, mut merged) = (ground.work(&change, act), begun(asked));
        roll_change::keep(&change, act).map_err(fault)?;
        ids::merge(&change, &asked.incoming.ids, &mut merged).map_err(fault)?;
        roll_change::kept(&change, act).map_err(fault)?;
        if merged.moved() {
            roll::moved(&change).map_err(fault)?;
        }
        let told = long.brought.tell(&work, &asked.incoming.marks, &mut merged);
        let told = told.and_then(|()| quarantine::merge(&work, &asked.incoming.unknown_marks, &mut merged, step));
        let tells = || ahead.map_or(Ok(Vec::new()), |ahead| ahead.now(work.connection, &asked.incoming.marks, act));
        let told = told.and_then(|()| told::put_down(&work, asked.incoming, asked.of_mis, tells, &mut merged));
        told.map_err(|stop| not_done(stop, fault))?;
        too_much(&merged)?;
        merged.changed_marks = in_all(mark::changed_by(&change, act).map_err(fault)?);
        if merged.moved() {
            import_note::keep(&change, act, &merged.rejects, &merged.warnings).map_err(fault)?;
            let other = imported(&files(asked.incoming), &merged, Vec::new());
            journal::complete(&change, act, &other).map_err(fault)?;
            if let Some(fed) = asked.fed {
                fed_file::add(&change, asked.when.now, fed, &Became::Taken(act)).map_err(fault)?;
            }
            arriving::end(&change).map_err(fault)?;
            change.commit().map_err(|why| NotDone::Fault(why.into()))?;
            merged.act = Some(act);
        }
        Ok(merged)
    }
}

/// What is told before anything is merged.
fn begun(asked: &Asked<'_>) -> Merged {
    let (rejects, warnings) = (asked.incoming.rejects.clone(), asked.incoming.warnings.clone());
    Merged { rejects, warnings, ..Merged::default() }
}

/// Whether nobody has stopped it.
fn goes_on(asked: &Asked<'_>) -> Result<(), NotDone> {
    if (asked.is_stopped)() { Err(NotDone::Fault(Fault::Stopped)) } else { Ok(()) }
}

/// Carry over into the file what is committed, as far as nobody is in the way. What is left is carried over by whoever comes next.
fn carry_over(connection: &Connection) {
    let (Ok(()) | Err(_)) = connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)");
}

/// Read the roll again if anybody has changed it; whether that is so.
fn roll_now(connection: &Connection, codes: &Arc<CodeTable>, ground: &mut Ground) -> rusqlite::Result<bool> {
    let today = ground.roll.school.local(ground.now).date();
    let Some((roll, revision)) = roll::newer(connection, ground.revision, codes, today)? else { return Ok(false) };
    (ground.roll, ground.revision) = (roll, revision);
    Ok(true)
}

/// The import's number: it is opened, where it is not yet.
fn opened(change: &Connection, asked: &Asked<'_>) -> rusqlite::Result<ActId> {
    if let Some(import) = arriving::standing(change)? {
        return Ok(import.act);
    }
    let act = journal::sign_other(change, asked.officer, asked.when, &under_way(files(asked.incoming)), asked.about)?;
    arriving::begin(change, act)?;
    arriving::keep_before(change, act)?;
    Ok(act)
}

/// What the journal has of an import that is under way.
pub fn under_way(files: Vec<String>) -> Other {
    let (counts, changes) = (vec!["under way".to_owned()], Vec::new());
    Other::Import { files, counts, changes, kept: Vec::new(), refused: 0, warned: 0, can_undo: false }
}

pub fn not_done(stop: Stop, fault: impl Fn(rusqlite::Error) -> NotDone) -> NotDone {
    match stop {
        Stop::Sqlite(error) => fault(error),
        Stop::Refused(refusal) => NotDone::Refused(refusal),
    }
}
