//! Opening and making the file: every reason it could go wrong is a [`Fault`] with its cure.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::fault::Fault;
use super::schema;

/// The oldest SQLite without the WAL-reset bug, which loses commits of two processes that write at once.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long a desk waits for another's commit.
const PATIENCE: Duration = Duration::from_secs(5);
/// Size of SQLite's header, and where in it the application's mark stands.
const HEADER: usize = 100;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// File systems on which WAL does not work between hosts: NFS, SMB2, CIFS, FUSE, 9p.
const SHARES: [u64; 5] = [0x6969, 0xFE53_4D42, 0xFF53_4D42, 0x6573_5546, 0x0102_1997];

/// Make an empty file at `path`, readable by its owner only, with the current schema.
pub fn create(path: &Path) -> Result<Connection, Fault> {
    sqlite_is_sound()?;
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Err(Fault::Exists(path.to_owned())),
        Err(error) => return Err(Fault::Unopened { path: path.to_owned(), why: plain(&error) }),
    }
    not_on_a_share(path)?;
    let fault = |error: rusqlite::Error| Fault::from_sqlite(path, &error);
    let mut connection = connect(path)?;
    // Before WAL: the mark must stand in the header itself, where `is_ours` looks for it.
    connection.pragma_update(None, "application_id", schema::APPLICATION_ID).map_err(fault)?;
    let _: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(fault)?;
    schema::upgrade(&mut connection).map_err(fault)?;
    Ok(connection)
}

/// Open the file at `path`, upgrading it if an older firstbell wrote it.
pub fn open(path: &Path) -> Result<Connection, Fault> {
    sqlite_is_sound()?;
    is_ours(path)?;
    not_on_a_share(path)?;
    let fault = |error: rusqlite::Error| Fault::from_sqlite(path, &error);
    let mut connection = connect(path)?;
    let found = schema::version(&connection).map_err(fault)?;
    if found > schema::known() {
        return Err(Fault::Newer { path: path.to_owned(), found, known: schema::known() });
    }
    if found < schema::known() {
        schema::upgrade(&mut connection).map_err(fault)?;
    }
    Ok(connection)
}

/// A further connection to a file that [`open`] or [`create`] has looked at.
pub fn connect(path: &Path) -> Result<Connection, Fault> {
    let fault = |error: rusqlite::Error| Fault::from_sqlite(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(PATIENCE).map_err(fault)?;
    // FULL: an acknowledged mark survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL").map_err(fault)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn sqlite_is_sound() -> Result<(), Fault> {
    if rusqlite::version_number() < OLDEST_SQLITE { Err(Fault::OldSqlite(rusqlite::version())) } else { Ok(()) }
}

/// The header tells whose file it is without SQLite touching it.
fn is_ours(path: &Path) -> Result<(), Fault> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Fault::Missing(path.to_owned())),
        Err(error) => return Err(Fault::Unopened { path: path.to_owned(), why: plain(&error) }),
    };
    let mut header = [0; HEADER];
    if file.read_exact(&mut header).is_err() || !header.starts_with(MAGIC) {
        return Err(Fault::Foreign(path.to_owned()));
    }
    let mark = header.get(68..72).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?)));
    if mark.map(i64::from) == Some(schema::APPLICATION_ID) { Ok(()) } else { Err(Fault::Foreign(path.to_owned())) }
}

fn not_on_a_share(path: &Path) -> Result<(), Fault> {
    match rustix::fs::statfs(path) {
        Ok(found) if u64::try_from(found.f_type).is_ok_and(|kind| SHARES.contains(&kind)) => {
            Err(Fault::NetworkShare(path.to_owned()))
        }
        _ => Ok(()),
    }
}

/// The system's words without its error number.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
