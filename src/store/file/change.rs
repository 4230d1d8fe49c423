//! A change of the file under way: begun and committed only where every other desk will see it.

use std::ops::Deref;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::fault::Fault;
use super::place::{Found, Place};
use crate::domain::act::Officer;
use crate::store::acts::Stop;
use crate::store::{NotDone, Store};

/// A transaction that holds the write lock. Dropped before it is committed, the file is as it was.
pub struct Change<'s> {
    transaction: Transaction<'s>,
    place: &'s Place,
}

/// What became of a change that could not be committed.
#[derive(Debug)]
pub enum Uncommitted {
    /// The file is as it was.
    NotSaved(Fault),
    /// Nobody can say before the file is read again.
    Unknown(Fault),
}

impl From<Uncommitted> for Fault {
    fn from(what: Uncommitted) -> Fault {
        match what {
            Uncommitted::NotSaved(fault) => fault,
            Uncommitted::Unknown(fault) => Fault::PerhapsSaved(Box::new(fault)),
        }
    }
}

impl<'s> Change<'s> {
    /// Begin one; `reader` is another connection of the same desk, at rest.
    pub fn begin(writer: &'s mut Connection, reader: &'s Connection, place: &'s Place) -> Result<Change<'s>, Fault> {
        in_place(place)?;
        let fault = |error: rusqlite::Error| Fault::from_sqlite(place.path(), &error);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        match place.is_followed_by(reader).map_err(fault)? {
            true => Ok(Change { transaction, place }),
            false => Err(Fault::Supplanted(place.path().to_owned(), "-wal")),
        }
    }

    /// Keep what was written. The place is looked at again as late as can be, and once more after: whoever came by another -shm before
    /// that may have written over it.
    pub fn commit(self) -> Result<(), Uncommitted> {
        let Change { transaction, place } = self;
        let fault = |error: &rusqlite::Error| Fault::from_sqlite(place.path(), error);
        in_place(place).map_err(Uncommitted::NotSaved)?;
        match transaction.commit() {
            Ok(()) => in_place(place).map_err(Uncommitted::Unknown),
            Err(error) if is_undone(&error) => Err(Uncommitted::NotSaved(fault(&error))),
            Err(error) => Err(Uncommitted::Unknown(fault(&error))),
        }
    }

    /// What an SQLite error in it means.
    pub fn fault(&self, error: &rusqlite::Error) -> Fault {
        Fault::from_sqlite(self.place.path(), error)
    }
}

impl Deref for Change<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl Store {
    /// Write something that is no act, whole or not at all.
    pub(in crate::store) fn write<T>(
        &mut self,
        write: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Fault> {
        let change = Change::begin(&mut self.writer, &self.reader, &self.place)?;
        let written = write(&change).map_err(|error| change.fault(&error))?;
        change.commit()?;
        Ok(written)
    }

    /// The same for an officer, whose role is asked again.
    pub(in crate::store) fn write_for<T>(
        &mut self,
        officer: &Officer,
        write: impl FnOnce(&Connection, &Officer) -> Result<T, Stop>,
    ) -> Result<T, NotDone> {
        let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
        let fault = |error: rusqlite::Error| NotDone::Fault(change.fault(&error));
        self.held.freshen(&change, &self.codes, &mut self.caches).map_err(fault)?;
        let officer = self.held.asked_again(officer)?;
        let written = write(&change, &officer).map_err(|stop| match stop {
            Stop::Refused(refusal) => NotDone::Refused(refusal),
            Stop::Sqlite(error) => fault(error),
        })?;
        change.commit().map_err(|why| NotDone::Fault(why.into()))?;
        Ok(written)
    }
}

/// Refuse to write when the file is not the one that was opened.
fn in_place(place: &Place) -> Result<(), Fault> {
    match place.look()? {
        Found::Here => Ok(()),
        Found::Other => Err(Fault::Replaced(place.path().to_owned())),
    }
}

/// Whether a commit that failed so has left the file as it was. A transaction counts once its last frame, the commit's own, is whole in
/// the -wal ("Write-Ahead Logging" and "File Format" of SQLite's documentation):
///
/// * BUSY and LOCKED: "the transaction remains active and the COMMIT can be retried later"; ours is rolled back instead.
/// * FULL: the frames are written in order, so the last one does not fit, and without it none counts.
/// * CONSTRAINT, READONLY, PERM, CANTOPEN, INTERRUPT: said before the first frame is written.
///
/// After an IOERR, of the sync above all, or when memory runs out, the last frame may be there: whoever reads the file next may find it.
fn is_undone(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::ConstraintViolation
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::CannotOpen
                | ErrorCode::OperationInterrupted
        )
    )
}
