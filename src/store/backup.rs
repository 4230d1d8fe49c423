//! Backup: a whole copy of the file while desks are at work. Copying a live file by other means can tear it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rusqlite::Connection;

use super::open::{connect, new_file, patient, unopened};
use super::{Fault, Store};

impl Store {
    /// Write everything committed so far into a new file at `to`, for its owner only. It bears that name once it is whole,
    /// checked and on the disk.
    pub fn back_up(&self, to: &Path) -> Result<(), Fault> {
        let to = &std::path::absolute(to).map_err(|error| unopened(to, &error))?;
        let mut part = to.clone().into_os_string();
        part.push(".part");
        let part = Path::new(&part);
        // The name is taken first, so that two backups cannot both have it.
        new_file(to)?;
        let made = new_file(part).and_then(|()| {
            let kept = self.copy(part).and_then(|()| keep(part, to).map_err(|error| unopened(to, &error)));
            kept.inspect_err(|_| drop(fs::remove_file(part)))
        });
        made.inspect_err(|_| drop(fs::remove_file(to)))
    }

    /// One read of the file, in one moment, while others go on writing; then the copy is read through.
    fn copy(&self, part: &Path) -> Result<(), Fault> {
        let name = part.to_str().ok_or_else(|| unopened(part, &io::Error::other("its name is not UTF-8")))?;
        let copied = connect(&self.path, patient)?.execute("VACUUM INTO ?1", [name]);
        copied.map_err(|error| match Fault::from_sqlite(&self.path, &error) {
            Fault::DiskFull(_) => Fault::DiskFull(part.to_owned()),
            fault => fault,
        })?;
        let check = || Connection::open(part)?.pragma_query_value(None, "quick_check", |row| row.get::<_, String>(0));
        match check() {
            Ok(says) if says == "ok" => Ok(()),
            // The copy has the faults of what it was made from.
            _ => Err(Fault::Damaged(self.path.clone())),
        }
    }
}

/// Give the copy its name once it is on the disk: SQLite leaves that to the system's good time.
fn keep(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
