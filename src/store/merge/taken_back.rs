//! Takes back what an import brought that was not brought to its end, in changes that are as short as those that brought it. The record is
//! then as it was before; but what an act of another desk rests on by now stays, and the import is in the journal with that.

use chrono::NaiveDate;
use hashbrown::HashSet;
use rusqlite::Connection;

use super::long::PAUSE;
use super::marks::others::Others;
use crate::domain::act::{JournalEntry, Other};
use crate::domain::counted::counted;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::file::import_lock::ImportLock;
use crate::store::tables::incoming::arriving::{self, Arriving, Brought};
use crate::store::{Fault, Store, journal};

/// So many rows are taken back by one change.
const ROWS: usize = if cfg!(test) { 10 } else { 6_000 };
/// Pupils next to each other, and dates, whose marks are: few pages of the table and of its indexes are written.
const PUPILS: i64 = 150;
const MARKS_OF_DATES: usize = 48_000;

/// Whose dates stay as they are.
type Kept = HashSet<(PupilId, NaiveDate)>;

impl Store {
    /// Take back an import that was cut off: one that is under way in the record, and nobody is at it.
    pub fn take_back_cut_off(&mut self) -> Result<(), Fault> {
        if arriving::standing(&self.reader).map_err(|error| self.fault(&error))?.is_none() {
            return Ok(());
        }
        match ImportLock::try_take(&self.place)? {
            Some(_lock) => self.take_back(),
            None => Ok(()),
        }
    }

    /// Refuse while an import is under way, as `connection` sees the file.
    pub(in crate::store) fn is_whole(&self, connection: &Connection) -> Result<(), Fault> {
        match arriving::standing(connection).map_err(|error| self.fault(&error))? {
            Some(_) => Err(Fault::ImportUnderWay(self.path.clone())),
            None => Ok(()),
        }
    }

    /// Take back the import under way, if there is one. Whoever calls it holds the lock of imports.
    pub(super) fn take_back(&mut self) -> Result<(), Fault> {
        if let Some(of) = arriving::standing(&self.reader).map_err(|error| self.fault(&error))? {
            self.write_in_passing(true)?;
            let kept = self.take_back_all(of);
            // SQLite would look through every mark for an entry of the journal that goes. Nothing refers to it any more.
            let full = self.writer.execute_batch("PRAGMA synchronous = FULL").map_err(|error| self.fault(&error));
            let ended = kept.and_then(|kept| self.end_taken_back(of, &kept));
            self.write_in_passing(false)?;
            full.and(ended)?;
        }
        // Of an import that came to its end too: nobody asks for them any more.
        while arriving::has_before(&self.reader).map_err(|error| self.fault(&error))? {
            self.write(|file| arriving::forget_before(file, ROWS))?;
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn take_back_all(&mut self, of: Arriving) -> Result<Kept, Fault> {
        let kept = self.take_back_marks(of)?;
        self.take_back_told(of, &kept)?;
        self.take_back_registers(of, &kept)?;
        Ok(kept)
    }

    fn take_back_marks(&mut self, of: Arriving) -> Result<Kept, Fault> {
        let mut marks = arriving::marks(&self.reader, of.act).map_err(|error| self.fault(&error))?;
        let mut kept = Kept::new();
        for dates in marks.chunks_mut(MARKS_OF_DATES) {
            dates.sort_by_key(|one| (one.pupil.0 / PUPILS, *one));
            for marks in dates.chunks(ROWS) {
                let stay = self.write(|file| {
                    let others = Others::since(file, Some(of.act))?;
                    let has_before = arriving::has_before(file)?;
                    let stays = |one: &Brought| -> rusqlite::Result<bool> {
                        Ok(others.are_any()
                            && (others.have_changed(one.pupil, one.at.date)
                                || arriving::is_changed_since(file, of.act, one)?))
                    };
                    let mut stay = Vec::new();
                    for one in marks {
                        if stays(one)? {
                            stay.push((one.pupil, one.at.date));
                        } else {
                            arriving::put_back(file, one, has_before)?;
                        }
                    }
                    Ok(stay)
                })?;
                kept.extend(stay);
                std::thread::sleep(PAUSE);
            }
        }
        Ok(kept)
    }

    /// The tutors' marks that it displaced are back; its amendments go.
    fn take_back_told(&mut self, of: Arriving, kept: &Kept) -> Result<(), Fault> {
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&self.path, &error);
        let displaced = arriving::displaced(&self.reader, of.act).map_err(fault)?;
        let amendments = arriving::amendments(&self.reader, of).map_err(fault)?;
        for (table, rows) in [("evidence", displaced), ("amendment", amendments)] {
            let goes = |(row, pupil, date)| (!kept.contains(&(pupil, date))).then_some(row);
            let rows: Vec<i64> = rows.into_iter().filter_map(goes).collect();
            for rows in rows.chunks(ROWS) {
                self.write(|file| arriving::remove(file, table, rows))?;
                std::thread::sleep(PAUSE);
            }
        }
        Ok(())
    }

    fn take_back_registers(&mut self, of: Arriving, kept: &Kept) -> Result<(), Fault> {
        let group = |id: PupilId| self.held.roll.pupil(id).and_then(|pupil| pupil.group);
        let stay: HashSet<(GroupId, NaiveDate)> =
            kept.iter().filter_map(|(pupil, date)| Some((group(*pupil)?, *date))).collect();
        let mut registers = arriving::registers(&self.reader, of.act).map_err(|error| self.fault(&error))?;
        registers.retain(|(date, _, group)| !stay.contains(&(*group, *date)));
        for registers in registers.chunks(ROWS) {
            self.write(|file| arriving::remove_registers(file, of.act, registers))?;
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn end_taken_back(&mut self, of: Arriving, kept: &Kept) -> Result<(), Fault> {
        self.write(|file| {
            arriving::end(file)?;
            if kept.is_empty() {
                return journal::remove(file, of.act);
            }
            match journal::entry(file, of.act)? {
                Some(JournalEntry::Other(Other::Import { files, .. })) => {
                    journal::complete(file, of.act, &stopped(files, kept.len()))
                }
                Some(JournalEntry::Act(_) | JournalEntry::Other(_)) | None => Ok(()),
            }
        })
    }
}

/// What the journal has of an import that was stopped, of which something stays.
fn stopped(files: Vec<String>, days: usize) -> Other {
    let counts = vec![format!("stopped before its end: {} other desks had changed stayed", counted(days, "day"))];
    let (changes, kept) = (Vec::new(), Vec::new());
    Other::Import { files, counts, changes, kept, refused: 0, warned: 0, can_undo: true }
}
