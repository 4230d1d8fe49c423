//! Which file is open, and whether it and what SQLite keeps beside it are still where they were. SQLite goes on writing into files that
//! were moved or deleted, and tells nobody: what is acknowledged would be lost, or written over by whoever comes new.

use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rustix::fs::{FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use super::fault::{Fault, unopened};
use crate::config::open_file;

/// What the system tells one file from another by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Id {
    device: u64,
    inode: u64,
}

/// The file that is open, under the one name by which every desk finds the same -wal and -shm.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    /// A path only, which reads nothing: were the file itself closed again, SQLite would lose its locks on it.
    handle: OwnedFd,
    file: Id,
    owner: u32,
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
    /// The file at `path`, wherever links lead: an ordinary one, with no second name. Nothing is opened yet.
    pub fn find(path: &Path) -> Result<Place, Fault> {
        let named = std::path::absolute(path).map_err(|error| unopened(path, &error))?;
        let path = std::fs::canonicalize(&named).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Fault::Missing(named.clone()),
            _ => unopened(&named, &error),
        })?;
        let failed = |error: Errno| unopened(&path, &error.into());
        let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let handle = rustix::fs::open(&path, flags, Mode::empty()).map_err(failed)?;
        let found = rustix::fs::fstat(&handle).map_err(failed)?;
        if let Some(kind) = other_than_a_file(&found) {
            return Err(Fault::NoFile { path, kind });
        }
        // SQLite would wait for ever on a pipe, and write through a link.
        for beside in ["-wal", "-shm", "-journal"].map(|suffix| beside(&path, suffix)) {
            let kind = rustix::fs::lstat(&beside).ok().and_then(|found| other_than_a_file(&found));
            if let Some(kind) = kind {
                return Err(Fault::NoFileBeside { path: beside, kind });
            }
        }
        if found.st_nlink > 1 {
            return Err(Fault::TwoNames(path));
        }
        Ok(Place { path, handle, file: Id::of(&found), owner: found.st_uid, wal: None, shm: None })
    }

    /// SQLite has opened the file by that name, and read it: what it has open is what was found, and what lies beside it is looked
    /// after from now on.
    pub fn opened(&mut self) -> Result<(), Fault> {
        if id(&self.path) != Ok(self.file) || !self.is_open_here(self.file) {
            return Err(Fault::Gone(self.path.clone()));
        }
        [self.wal, self.shm] = ["-wal", "-shm"].map(|suffix| self.now(suffix));
        for (suffix, beside) in [("-wal", self.wal), ("-shm", self.shm)] {
            if beside.is_some_and(|beside| !self.is_open_here(beside)) {
                return Err(Fault::Supplanted(self.path.clone(), suffix));
            }
        }
        Ok(())
    }

    /// The name, absolute and through no link.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the account that owns the file.
    pub fn owner(&self) -> u32 {
        self.owner
    }

    /// Whether it has this device and inode.
    pub fn is(&self, [device, inode]: &[u64; 2]) -> bool {
        self.file == Id { device: *device, inode: *inode }
    }

    /// What stands there now; or why nothing may be written: it is gone, or what lies beside it is another file's. Opens nothing and
    /// takes no lock.
    pub fn look(&self) -> Result<Found, Fault> {
        let now = id(&self.path).map_err(|error| match error {
            Errno::NOENT | Errno::NOTDIR => Fault::Gone(self.path.clone()),
            error => unopened(&self.path, &error.into()),
        })?;
        let besides = [("-wal", self.wal), ("-shm", self.shm)].map(|(suffix, old)| (suffix, old, self.now(suffix)));
        for (suffix, old, there) in besides {
            if now == self.file {
                // A new process would read and write other files than we do.
                match there {
                    _ if old.is_none() || there == old => {}
                    None => return Err(Fault::Torn(self.path.clone(), suffix)),
                    Some(_) => return Err(Fault::Supplanted(self.path.clone(), suffix)),
                }
            } else if old.is_some() && there == old {
                // SQLite would read what was meant for the old file into the new one.
                return Err(Fault::Mixed(self.path.clone()));
            }
        }
        Ok(if now == self.file { Found::Here } else { Found::Other })
    }

    /// Whether the -wal holds what `reader`, a connection at rest, knows it to hold: the last commit bears the number that the -wal
    /// begins with. Not so once somebody emptied it, or began it anew behind our back. Asked under the lock that lets us write: nobody
    /// who shares our -shm writes meanwhile. By SQLite's "Database File Format", 4.1.
    pub fn is_followed_by(&self, reader: &Connection) -> rusqlite::Result<bool> {
        let known: i64 = reader.prepare_cached("PRAGMA wal_checkpoint(NOOP)")?.query_row([], |row| row.get(1))?;
        let Some(before) = u64::try_from(known).ok().and_then(|known| known.checked_sub(1)) else { return Ok(true) };
        let numbers = || -> std::io::Result<bool> {
            let (mut header, mut frame) = ([0; 32], [0; 24]);
            let wal = open_file(&self.beside("-wal"))?;
            wal.read_exact_at(&mut header, 0)?;
            let page = header.get(8..12).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
            wal.read_exact_at(&mut frame, 32 + before * (24 + u64::from(page)))?;
            Ok(header.get(16..24) == frame.get(8..16))
        };
        Ok(numbers().unwrap_or(false))
    }

    /// Whether the last to close may carry over what the -wal holds: not where others may have begun another.
    pub fn is_replaceable(&self, reader: &Connection) -> bool {
        match self.look() {
            Ok(Found::Here) => self.wal.is_none() || self.is_followed_by(reader).unwrap_or(false),
            // It holds what nobody else has.
            Err(Fault::Torn(_, "-wal")) => self.now("-shm") == self.shm,
            // SQLite sees that the file was moved.
            Ok(Found::Other) | Err(_) => false,
        }
    }

    fn now(&self, suffix: &str) -> Option<Id> {
        id(&self.beside(suffix)).ok()
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        beside(&self.path, suffix)
    }

    /// Whether this process has the file open, by more than a path. Where the system does not say, it is believed.
    fn is_open_here(&self, wanted: Id) -> bool {
        let Ok(open) = std::fs::read_dir("/proc/self/fd") else { return true };
        let ours = self.handle.as_raw_fd().to_string();
        open.flatten().any(|one| one.file_name() != *ours && id(&one.path()) == Ok(wanted))
    }
}

impl Id {
    fn of(found: &Stat) -> Id {
        Id { device: found.st_dev, inode: found.st_ino }
    }
}

/// What it is, if no ordinary file.
fn other_than_a_file(found: &Stat) -> Option<&'static str> {
    match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => None,
        FileType::Directory => Some("a folder"),
        FileType::Fifo => Some("a pipe"),
        FileType::Socket => Some("a socket"),
        FileType::CharacterDevice | FileType::BlockDevice => Some("a device"),
        FileType::Symlink => Some("a link"),
        FileType::Unknown => Some("no file of the usual kind"),
    }
}

fn id(path: &Path) -> Result<Id, Errno> {
    rustix::fs::stat(path).map(|found| Id::of(&found))
}

/// The name of what SQLite keeps beside the file at `path`.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
