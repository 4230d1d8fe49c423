//! One import at a time. Whoever brings files in holds a lock on the -wal, in which SQLite takes none: it goes with the process, so an
//! import that is under way in the record while nobody holds it was cut off.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;

use rustix::fs::OFlags;

use super::fault::{Fault, unopened};
use super::place::{Place, beside};

/// The lock, until it is dropped.
pub struct ImportLock {
    _wal: File,
}

impl ImportLock {
    /// Take it, once whoever holds it is done.
    pub fn take(place: &Place) -> Result<ImportLock, Fault> {
        let wal = wal(place)?;
        wal.lock().map_err(|error| unopened(place.path(), &error))?;
        Ok(ImportLock { _wal: wal })
    }

    /// Take it; `None` while somebody holds it.
    pub fn try_take(place: &Place) -> Result<Option<ImportLock>, Fault> {
        let wal = wal(place)?;
        match wal.try_lock() {
            Ok(()) => Ok(Some(ImportLock { _wal: wal })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(unopened(place.path(), &error)),
        }
    }
}

fn wal(place: &Place) -> Result<File, Fault> {
    let path = beside(place.path(), "-wal");
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
        .open(&path);
    opened.map_err(|error| unopened(&path, &error))
}
