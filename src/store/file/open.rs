//! Opening and making the file: every reason it could go wrong is a [`Fault`] with its cure.

use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};
use rustix::fs::Access;

use super::fault::{Fault, unopened};
use super::place::beside;
use super::schema;
use crate::clock::Ticks;
use crate::config::{NewFile, is_on_a_share};

/// The oldest SQLite without the WAL-reset bug, which loses commits of two processes that write at once.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How a desk waits for another's commit: whether to try again after so many tries.
pub type Patience = fn(i32) -> bool;

/// Tries of a desk that has not waited long: then it naps for less than a commit takes, to be there when the file is free.
const EAGER: i32 = 2_000;

/// Five seconds of short, uneven naps. SQLite's own grow to 100 ms, and a desk that never rests then starves one that waits.
pub fn patient(tries: i32) -> bool {
    let uneven = u64::from(tries.unsigned_abs() % 5);
    std::thread::sleep(Duration::from_micros(if tries < EAGER { 100 + 75 * uneven } else { 1_000 + 1_000 * uneven }));
    tries < EAGER + 1_450
}

/// None at all.
pub fn at_once(_: i32) -> bool {
    false
}

/// How long an upgrade by another desk is waited for: of a file ten times the usual it takes some seconds.
const UPGRADE: Duration = Duration::from_mins(1);
/// How long desks wait for each other that find a file without WAL.
const SETTLE: Duration = Duration::from_secs(2);

/// Make a file at `path`, readable by its owner only, with the current schema, and `fill` it. It bears its name once it is whole; if
/// that fails there is no file.
pub fn create(
    path: &Path,
    patience: Patience,
    fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<(), Fault> {
    create_by(path, patience, |connection, part| {
        schema::create(connection, fill).map_err(|error| Fault::from_sqlite(part, &error))
    })
}

/// The same, of a file whose schema `lay` lays down too; it is told under which name the file stands until then.
pub fn create_by<E: From<Fault>>(
    path: &Path,
    patience: Patience,
    lay: impl FnOnce(&mut Connection, &Path) -> Result<(), E>,
) -> Result<(), E> {
    sqlite_is_sound()?;
    let new = NewFile::begin(path).map_err(Fault::from)?;
    // SQLite would delete what a lost file left, or read it into the new one.
    let mut left = ["-wal", "-shm", "-journal"].map(|suffix| beside(new.to(), suffix)).into_iter();
    if let Some(left) = left.find(|left| left.symlink_metadata().is_ok()) {
        return Err(Fault::Leftover(left).into());
    }
    not_on_a_share(new.part())?;
    let fault = |error: rusqlite::Error| Fault::from_sqlite(new.part(), &error);
    let mut connection = connect(new.part(), patience)?;
    // Before WAL: the mark must stand in the header itself, where `is_ours` looks for it.
    connection.pragma_update(None, "application_id", schema::APPLICATION_ID).map_err(fault)?;
    let_desks_share(&connection).map_err(fault)?;
    lay(&mut connection, new.part())?;
    connection.close().map_err(|(_, error)| fault(error))?;
    new.keep().map_err(Fault::from)?;
    Ok(())
}

/// Open the file at `path`, a plain name, upgrading it if an older firstbell wrote it.
pub fn open(path: &Path, patience: Patience) -> Result<Connection, Fault> {
    let fault = |error: rusqlite::Error| Fault::from_sqlite(path, &error);
    let (mut connection, found) = look_into(path, patience)?;
    // SQLite opens what it may not write, to read it: an officer must learn that before the first mark, not by it.
    if connection.is_readonly(MAIN_DB).map_err(fault)? {
        return Err(Fault::ReadOnly(path.to_owned()));
    }
    // A backup comes back without it.
    wait(patience, SETTLE, || let_desks_share(&connection)).map_err(fault)?;
    if found < schema::known() {
        wait(patience, UPGRADE, || schema::upgrade(&mut connection)).map_err(fault)?;
    }
    Ok(connection)
}

/// Open the file at `path`, a plain name, and change nothing: `None` if an older firstbell wrote it.
pub fn open_as_it_is(path: &Path) -> Result<Option<Connection>, Fault> {
    let (connection, found) = look_into(path, at_once)?;
    Ok((found == schema::known()).then_some(connection))
}

/// A connection to a file of ours, and the number of its schema: not more than the one this program knows.
fn look_into(path: &Path, patience: Patience) -> Result<(Connection, i64), Fault> {
    sqlite_is_sound()?;
    is_ours(path)?;
    not_on_a_share(path)?;
    let connection = connect(path, patience)?;
    let found = wait(patience, SETTLE, || schema::version(&connection));
    let found = found.map_err(|error| Fault::from_sqlite(path, &error))?;
    match found {
        1.. if found <= schema::known() => Ok((connection, found)),
        1..FAR => Err(Fault::Newer { path: path.to_owned(), found, known: schema::known() }),
        _ => {
            let what = format!("the number of its format is {found}");
            Err(Fault::Unreadable { path: path.to_owned(), what })
        }
    }
}

/// Schemas are numbered one by one: no firstbell will have come this far.
const FAR: i64 = 10_000;

/// Try again while the file is busy, for `limit` at most. Where two desks would wait for each other SQLite says so at once, without
/// asking how patient we are.
fn wait<T>(
    patience: Patience,
    limit: Duration,
    mut attempt: impl FnMut() -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let (waited, mut tries) = (Ticks::start(), 0);
    loop {
        match attempt() {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && waited.read() < limit
                    && patience(tries) =>
            {
                tries += 1;
            }
            done => return done,
        }
    }
}

/// WAL: desks read while another writes. The file remembers it.
fn let_desks_share(connection: &Connection) -> rusqlite::Result<()> {
    let _: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    Ok(())
}

/// How every connection is opened.
pub const PLAIN: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX.union(OpenFlags::SQLITE_OPEN_NOFOLLOW);

/// A connection to the file at `path`, a plain name: a link that was put there meanwhile is not followed.
pub fn connect(path: &Path, patience: Patience) -> Result<Connection, Fault> {
    let fault = |error: rusqlite::Error| Fault::from_sqlite(path, &error);
    let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | PLAIN).map_err(fault)?;
    connection.busy_handler(Some(patience)).map_err(fault)?;
    // FULL: an acknowledged mark survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL").map_err(fault)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(fault)?;
    // A statement is planned once: else SQLite plans many of them again for every value that is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn sqlite_is_sound() -> Result<(), Fault> {
    if rusqlite::version_number() < OLDEST_SQLITE { Err(Fault::OldSqlite(rusqlite::version())) } else { Ok(()) }
}

/// The header tells whose file it is. SQLite reads it, taking no lock and making no file: were we to open and close it
/// ourselves, this process's other connections would lose their locks.
fn is_ours(path: &Path) -> Result<(), Fault> {
    rustix::fs::access(path, Access::READ_OK).map_err(|error| match std::io::Error::from(error) {
        error if error.kind() == ErrorKind::NotFound => Fault::Missing(path.to_owned()),
        error => unopened(path, &error),
    })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | PLAIN;
    let mark = Connection::open_with_flags(untouched(path), flags).and_then(|header| {
        // Amid a checkpoint the file is shorter than its header says, and whole with its -wal: not for this look to judge.
        header.pragma_update(None, "writable_schema", true)?;
        header.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0))
    });
    match mark {
        Ok(schema::APPLICATION_ID) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
            Err(Fault::Damaged(path.to_owned()))
        }
        _ => Err(Fault::Foreign(path.to_owned())),
    }
}

/// The URI under which SQLite reads the file and leaves it alone.
fn untouched(path: &Path) -> String {
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
    format!("file:{}?mode=ro&immutable=1", percent_encode(path.as_os_str().as_bytes(), PLAIN))
}

/// WAL does not work between computers.
fn not_on_a_share(path: &Path) -> Result<(), Fault> {
    if is_on_a_share(path) { Err(Fault::NetworkShare(path.to_owned())) } else { Ok(()) }
}
