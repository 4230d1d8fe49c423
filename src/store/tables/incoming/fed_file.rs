//! Files of folders that feed themselves: which were taken and which refused.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::facts::fed_file::{FedFile, RefusedFile, UnmovedFile};
use crate::domain::school::School;
use crate::store::columns::{instant, instant_text};

/// A refusal stands until somebody has seen to it, or another file of that name has come.
const STANDS: &str = "f.refused IS NOT NULL AND f.dismissed IS NULL
     AND NOT EXISTS (SELECT 1 FROM fed_file n WHERE n.folder = f.folder AND n.file = f.file AND n.id > f.id)";

/// What became of a file.
pub enum Became {
    /// This import; it is still to be moved.
    Taken(ActId),
    /// It changed nothing, and lies where it belongs.
    Unchanged,
    /// It was refused, by this entry of the journal, for this reason; it is still to be moved.
    Refused(ActId, String),
}

/// Keep what became of a file.
pub fn add(connection: &Connection, now: DateTime<Utc>, fed: &FedFile, became: &Became) -> rusqlite::Result<()> {
    let (act, refused, moved) = match became {
        Became::Taken(act) => (Some(act), None, false),
        Became::Unchanged => (None, None, true),
        Became::Refused(act, why) => (Some(act), Some(why), false),
    };
    connection
        .prepare_cached(
            "INSERT INTO fed_file (act, instant, folder, file, digest, kept_as, refused, moved)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![act, instant_text(now), fed.folder, fed.file, fed.digest, fed.kept_as, refused, moved])?;
    Ok(())
}

/// Files of `folder` that the record has done with, and that may still lie there; oldest first.
pub fn unmoved(connection: &Connection, folder: &str) -> rusqlite::Result<Vec<UnmovedFile>> {
    let read = |row: &Row<'_>| {
        let fed = FedFile { folder: folder.to_owned(), file: row.get(2)?, digest: row.get(3)?, kept_as: row.get(4)? };
        Ok(UnmovedFile { number: row.get(0)?, fed, act: row.get(1)?, refused: row.get(5)? })
    };
    connection
        .prepare_cached(
            "SELECT id, act, file, digest, kept_as, refused FROM fed_file WHERE folder = ?1 AND moved = 0 ORDER BY id",
        )?
        .query_map([folder], read)?
        .collect()
}

/// The file lies where it belongs, under this name.
pub fn set_moved(connection: &Connection, number: i64, kept_as: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE fed_file SET moved = 1, kept_as = ?2 WHERE id = ?1")?
        .execute(params![number, kept_as])?;
    Ok(())
}

/// Every refusal that stands, oldest first.
pub fn refused(connection: &Connection, school: &School) -> rusqlite::Result<Vec<RefusedFile>> {
    let read = |row: &Row<'_>| {
        Ok(RefusedFile {
            number: row.get(0)?,
            file: row.get(1)?,
            folder: row.get(2)?,
            kept_as: row.get(3)?,
            why: row.get(4)?,
            at: school.local(instant(row, 5)?),
        })
    };
    connection
        .prepare_cached(&format!(
            "SELECT f.id, f.file, f.folder, f.kept_as, f.refused, f.instant FROM fed_file f WHERE {STANDS} ORDER BY f.id"
        ))?
        .query_map([], read)?
        .collect()
}

/// `act` takes a refusal off the screens. Answers whether it stood there.
pub fn dismiss(connection: &Connection, act: ActId, number: i64) -> rusqlite::Result<bool> {
    let changed = connection
        .prepare_cached(&format!("UPDATE fed_file AS f SET dismissed = ?1 WHERE f.id = ?2 AND {STANDS}"))?
        .execute(params![act, number])?;
    Ok(changed > 0)
}

/// What `act` took off the screens stands there again.
pub fn take_back_dismissal(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE fed_file SET dismissed = NULL WHERE dismissed = ?1")?.execute([act])?;
    Ok(())
}
