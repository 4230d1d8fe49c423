//! Whether the file is still where it was. SQLite goes on writing into a file that was moved or deleted, and tells nobody: what is
//! acknowledged would be lost.

use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::fault::Fault;
use super::open::unopened;

/// What the system tells one file from another by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Id {
    device: u64,
    inode: u64,
}

/// Where the file was when it was opened, and what SQLite keeps beside it while it is open.
#[derive(Debug)]
pub struct Place {
    file: Option<Id>,
    wal: Option<Id>,
    shm: Option<Id>,
}

/// What stands there now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// The file that was opened.
    Here,
    /// Another, with nothing of the old one beside it.
    Other,
}

impl Place {
    /// Of a file that is open and has been read.
    pub fn of(path: &Path) -> Place {
        let id = |path: &Path| id(path).ok();
        Place { file: id(path), wal: id(&beside(path, "-wal")), shm: id(&beside(path, "-shm")) }
    }

    /// What stands at `path` now; or why nothing may be written: it is gone, or what lies beside it is another file's. Opens nothing
    /// and takes no lock.
    pub fn look(&self, path: &Path) -> Result<Found, Fault> {
        let now = id(path).map_err(|error| match error {
            Errno::NOENT | Errno::NOTDIR => Fault::Gone(path.to_owned()),
            error => unopened(path, &error.into()),
        })?;
        let (wal, shm) = (beside(path, "-wal"), beside(path, "-shm"));
        if Some(now) == self.file {
            // Whoever comes new would write into another -wal than we do.
            let whole = self.wal.is_none() || id(&wal).ok() == self.wal;
            return if whole { Ok(Found::Here) } else { Err(Fault::Torn(path.to_owned())) };
        }
        // SQLite would read what was meant for the old file into the new one.
        let stale = |path: &Path, old: Option<Id>| old.is_some() && id(path).ok() == old;
        if stale(&wal, self.wal) || stale(&shm, self.shm) {
            return Err(Fault::Mixed(path.to_owned()));
        }
        Ok(Found::Other)
    }
}

fn id(path: &Path) -> Result<Id, Errno> {
    rustix::fs::stat(path).map(|found| Id { device: found.st_dev, inode: found.st_ino })
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
