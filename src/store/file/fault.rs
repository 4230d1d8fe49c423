//! Faults of the file and the disk. One plain sentence each, naming the place and the cure.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::config::{NotMade, plain};

/// What is wrong with the file, the folder or the disk.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nothing there.
    #[error("{0} does not exist: make it with “firstbell init”, or name another file with --db")]
    Missing(PathBuf),
    /// Something is there already.
    #[error("{0} exists already: nothing was changed; name another file, or move this one away")]
    Exists(PathBuf),
    /// Nothing that could hold a school.
    #[error("{path} is {kind}, not a file: name a firstbell file with --db")]
    NoFile {
        /// What is there.
        path: PathBuf,
        /// "a folder".
        kind: &'static str,
    },
    /// Nothing in which SQLite could keep what it keeps beside the file.
    #[error("{path} is {kind}, not a file: nothing but firstbell's own files may lie there; move it away")]
    NoFileBeside {
        /// What is there.
        path: PathBuf,
        /// "a pipe".
        kind: &'static str,
    },
    /// A file of two names: what SQLite keeps beside it goes by one of them.
    #[error(
        "{0} has a second name (a hard link), and a desk that opens it by that one would write over this one's work: delete one of the two names"
    )]
    TwoNames(PathBuf),
    /// What belonged to a file that was there before.
    #[error(
        "{0} lies there from another file, and may hold what was saved in it last: move it to that file, or away; nothing was changed"
    )]
    Leftover(PathBuf),
    /// Not a firstbell file.
    #[error("{0} is not a firstbell file: name another with --db")]
    Foreign(PathBuf),
    /// Written by a newer firstbell.
    #[error(
        "{path} was written by a newer firstbell (its format is {found}, this program knows {known}): install the newer program"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema's number.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Damaged.
    #[error("{0} is damaged: work on a copy from the last backup, and keep this file for repair")]
    Damaged(PathBuf),
    /// It failed at the very end of a change.
    #[error("{0}; whether it was saved is not known: look before you do it again")]
    PerhapsSaved(Box<Fault>),
    /// Locked for longer than we wait.
    #[error("{0} is locked by another program: close it there, then try again")]
    Locked(PathBuf),
    /// More rows of an import cannot be used than may be refused: the files are not what they were taken for.
    #[error("more than {limit} rows cannot be used, so nothing was imported; the first is {first}")]
    TooManyRefused {
        /// The limit.
        limit: usize,
        /// The first of them: its place, and why.
        first: String,
    },
    /// An import was stopped by whoever asked for it.
    #[error("stopped: nothing was imported, and the file is as it was")]
    Stopped,
    /// Many marks are coming in at this moment.
    #[error("an import is under way in {0}: try again when it is done")]
    ImportUnderWay(PathBuf),
    /// Moved or deleted while it was open.
    #[error("{0} is no longer where it was: put it back, or close firstbell; nothing is written meanwhile")]
    Gone(PathBuf),
    /// What SQLite keeps beside it, by its ending, was moved or deleted while it was open.
    #[error(
        "{0}{1}, which belongs to the file, is no longer where it was: put it back, or close firstbell at every desk, and the last keeps what it holds; nothing is written meanwhile"
    )]
    Torn(PathBuf, &'static str),
    /// The same, and another stands there.
    #[error(
        "{0}{1}, which belongs to the file, is now another: put the old one back, or close firstbell at every desk, then look at what the file holds; nothing is written meanwhile"
    )]
    Supplanted(PathBuf, &'static str),
    /// Another file stands there, beside what belonged to the old one.
    #[error(
        "{0} was put in place of another, whose -wal and -shm still lie beside it: move these two away as well; nothing is written meanwhile"
    )]
    Mixed(PathBuf),
    /// Another copy of the school's file stands there.
    #[error(
        "{0} was put in place of another copy while this was to be saved: look at what it holds, then save it again"
    )]
    Replaced(PathBuf),
    /// A file of another school stands there.
    #[error(
        "{0} is now the file of another school: put the right one back, or close firstbell; nothing is written meanwhile"
    )]
    OtherSchool(PathBuf),
    /// May not be written.
    #[error("{0}, or its folder, cannot be written: ask whoever keeps the file for write access to both")]
    ReadOnly(PathBuf),
    /// May not be read, or cannot be opened.
    #[error("{path} cannot be opened: {why}")]
    Unopened {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        why: String,
    },
    /// The disk is full.
    #[error("the disk that holds {0} is full: make room, then try again; nothing was half written")]
    DiskFull(PathBuf),
    /// The disk fails.
    #[error("the disk that holds {0} reports an error: ask whoever keeps the computer; what was saved before is kept")]
    DiskFails(PathBuf),
    /// A file that could not be made beside its place.
    #[error(transparent)]
    NotMade(NotMade),
    /// On a network share.
    #[error(
        "{0} lies on a network share, where several desks cannot safely write: keep it on the host's own disk and work over SSH"
    )]
    NetworkShare(PathBuf),
    /// The linked SQLite has the WAL-reset bug.
    #[error("this program was built with SQLite {0}, which can lose marks: build it with 3.51.3 or newer")]
    OldSqlite(&'static str),
    /// The system gives no random numbers.
    #[error("a PIN cannot be kept safely: this computer gives no random numbers ({0})")]
    NoHash(String),
    /// A value in the file is not what it should be.
    #[error(
        "{path} holds something unreadable: {what}; work on a copy from the last backup, and keep this file for repair"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What and where.
        what: String,
    },
    /// Anything else SQLite says.
    #[error("{path}: {why}")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// SQLite's own words.
        why: String,
    },
}

impl Fault {
    /// What an SQLite error on the file at `path` means.
    pub fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Fault {
        let path = path.to_owned();
        match error {
            rusqlite::Error::SqliteFailure(cause, _) => match cause.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Fault::Locked(path),
                ErrorCode::DatabaseCorrupt => Fault::Damaged(path),
                ErrorCode::NotADatabase => Fault::Foreign(path),
                ErrorCode::DiskFull => Fault::DiskFull(path),
                // Only what is written into the file is told by a code of its own; what lies beside it needs room as well.
                ErrorCode::CannotOpen | ErrorCode::SystemIoFailure if is_full(&path) => Fault::DiskFull(path),
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Fault::ReadOnly(path),
                ErrorCode::SystemIoFailure => Fault::DiskFails(path),
                _ => Fault::Sqlite { path, why: error.to_string() },
            },
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::InvalidColumnName(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Fault::Unreadable { path, what: error.to_string() },
            // Only what must be there is asked for as one row.
            rusqlite::Error::QueryReturnedNoRows => Fault::Unreadable { path, what: "a row is missing".to_owned() },
            _ => Fault::Sqlite { path, why: error.to_string() },
        }
    }
}

impl From<NotMade> for Fault {
    fn from(why: NotMade) -> Fault {
        match why {
            NotMade::Exists(path) => Fault::Exists(path),
            NotMade::Failed { path, error } if error.kind() == ErrorKind::StorageFull => Fault::DiskFull(path),
            failed @ NotMade::Failed { .. } => Fault::NotMade(failed),
        }
    }
}

/// What SQLite wants at once for a -shm, in bytes.
const ROOM: u64 = 32 * 1024;

/// Whether the disk that holds `path` has no room for another file.
fn is_full(path: &Path) -> bool {
    let left = rustix::fs::statvfs(path);
    left.is_ok_and(|left| {
        left.f_bavail.saturating_mul(left.f_frsize) < ROOM || (left.f_files > 0 && left.f_favail == 0)
    })
}

/// What the system says when `path` cannot be opened, or made.
pub fn unopened(path: &Path, error: &std::io::Error) -> Fault {
    Fault::Unopened { path: path.to_owned(), why: plain(error) }
}
