//! Reading where nothing can be written: on a full disk or a read-only one, without the right to write, behind another's lock. Who is
//! in the building must be known then as well.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use rustix::fs::OFlags;
use tempfile::TempDir;

use super::fault::unopened;
use super::open::{at_once, connect, open, open_as_it_is};
use super::place::{Place, beside};
use crate::domain::code::CodeTable;
use crate::store::{Fault, Store};

/// How often a copy is begun anew because the file was written meanwhile, and the nap between two.
const TRIES: u32 = 20;
const NAP: Duration = Duration::from_millis(10);

/// Where a copy lies: in memory, where there is such a place.
const MEMORY: &str = "/dev/shm";

impl Store {
    /// Open the file at `path` to read it: no lock is waited for, nothing is written, and whatever would be is refused. Where SQLite
    /// cannot read the file itself, or an older firstbell wrote it, what is read is a copy in memory, for this process's eyes only.
    pub fn open_to_read(path: &Path, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        let place = Place::find(path)?;
        let in_place = || {
            let Some(writer) = open_as_it_is(place.path())? else { return Ok(None) };
            let mut store = Store::reading(Place::find(path)?, place.path(), writer, codes.clone())?;
            store.place.opened()?;
            Ok::<_, Fault>(Some(store))
        };
        match in_place() {
            Ok(Some(store)) => Ok(store),
            Err(
                fault @ (Fault::Foreign(_)
                | Fault::Newer { .. }
                | Fault::Damaged(_)
                | Fault::Unopened { .. }
                | Fault::Unreadable { .. }
                | Fault::NetworkShare(_)
                | Fault::OldSqlite(_)),
            ) => Err(fault),
            Ok(None) | Err(_) => Store::of_a_copy(place, codes),
        }
    }

    fn of_a_copy(place: Place, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        let folder = copied(&place)?;
        let copy = folder.path().join("copy");
        let writer = open(&copy, at_once)?;
        let sound: rusqlite::Result<String> = writer.pragma_query_value(None, "quick_check", |row| row.get(0));
        if sound.map_err(|error| Fault::from_sqlite(place.path(), &error))? != "ok" {
            return Err(Fault::Damaged(place.path().to_owned()));
        }
        // SQLite holds what it reads: the folder goes with its names.
        Store::reading(place, &copy, writer, codes)
    }

    /// A store that only reads `file`.
    fn reading(place: Place, file: &Path, writer: Connection, codes: Arc<CodeTable>) -> Result<Store, Fault> {
        let fault = |error: rusqlite::Error| Fault::from_sqlite(place.path(), &error);
        writer.pragma_update(None, "query_only", true).map_err(fault)?;
        let reader = connect(file, at_once)?;
        Store::with(place, writer, reader, at_once, codes)
    }
}

/// A copy of the file and of what SQLite keeps beside it, named "copy", as they were at one moment.
fn copied(place: &Place) -> Result<TempDir, Fault> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::StorageFull => Fault::DiskFull(MEMORY.into()),
        _ => unopened(place.path(), &error),
    };
    for _ in 0..TRIES {
        let folder = private_folder().map_err(failed)?;
        if copy_into(folder.path(), place).map_err(failed)? {
            return Ok(folder);
        }
        std::thread::sleep(NAP);
    }
    Err(Fault::Locked(place.path().to_owned()))
}

/// A folder for its owner only, that goes when it is dropped.
fn private_folder() -> io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("firstbell-").permissions(std::fs::Permissions::from_mode(0o700));
    folder.tempdir_in(MEMORY).or_else(|_| folder.tempdir())
}

/// Copy the three; whether nobody wrote into the file meanwhile. More at the end of the -wal does no harm: a commit counts whole or not
/// at all. It must not have been begun anew, for then it has been carried over into the file.
fn copy_into(folder: &Path, place: &Place) -> io::Result<bool> {
    let of = |suffix: &str| -> io::Result<Option<File>> {
        match OpenOptions::new().read(true).custom_flags(plain_flags()).open(beside(place.path(), suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some),
        }
    };
    let Some(mut file) = of("")? else { return Ok(false) };
    let before = stamp(&file)?;
    let started = begins(of("-wal")?)?;
    for (suffix, source) in [("-wal", of("-wal")?), ("-journal", of("-journal")?)] {
        if let Some(mut source) = source {
            io::copy(&mut source, &mut new(&beside(&folder.join("copy"), suffix))?)?;
        }
    }
    io::copy(&mut file, &mut new(&folder.join("copy"))?)?;
    let there = of("")?.as_ref().map(stamp).transpose()?;
    Ok(there == Some(before) && place.is(&before.0) && begins(of("-wal")?)? == started)
}

fn plain_flags() -> i32 {
    (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed()
}

fn new(path: &PathBuf) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Which file, how long, and when it was last written.
type Stamp = ([u64; 2], u64, (i64, i64));

fn stamp(file: &File) -> io::Result<Stamp> {
    let found = file.metadata()?;
    Ok(([found.dev(), found.ino()], found.len(), (found.mtime(), found.mtime_nsec())))
}

/// What a -wal begins with: another number each time it is begun anew. Of one that is empty, and of none, nothing.
fn begins(wal: Option<File>) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    if let Some(wal) = wal {
        wal.take(32).read_to_end(&mut header)?;
    }
    Ok(header)
}
