//! Backup: a whole copy of the file while desks are at work. Copying a live file by other means can tear it.

use std::io;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::fault::unopened;
use super::open::{PLAIN, connect, patient};
use crate::config::NewFile;
use crate::store::{Fault, Store};

impl Store {
    /// Write everything committed so far into a new file at `to`, for its owner only. It bears that name once it is whole,
    /// checked and on the disk.
    pub fn back_up(&self, to: &Path) -> Result<(), Fault> {
        let new = NewFile::begin(to)?;
        self.copy(new.part())?;
        new.keep()?;
        Ok(())
    }

    /// One read of the file, in one moment, while others go on writing; then the copy is read through.
    fn copy(&self, part: &Path) -> Result<(), Fault> {
        let name = part.to_str().ok_or_else(|| unopened(part, &io::Error::other("its name is not UTF-8")))?;
        let copied = connect(&self.path, patient)?.execute("VACUUM INTO ?1", [name]);
        copied.map_err(|error| match Fault::from_sqlite(&self.path, &error) {
            Fault::DiskFull(_) => Fault::DiskFull(part.to_owned()),
            fault => fault,
        })?;
        let check = || {
            let copy = Connection::open_with_flags(part, OpenFlags::SQLITE_OPEN_READ_ONLY | PLAIN)?;
            copy.pragma_query_value(None, "quick_check", |row| row.get::<_, String>(0))
        };
        match check() {
            Ok(text) if text == "ok" => Ok(()),
            // The copy has the faults of what it was made from.
            _ => Err(Fault::Damaged(self.path.clone())),
        }
    }
}
