//! Whose marks imports brought, and the files that firstbell wrote itself.

use chrono::{DateTime, Utc};
use hashbrown::{HashMap, HashSet};
use rusqlite::{Connection, params};

use crate::domain::act_id::ActId;
use crate::store::columns::instant_text;
use crate::store::journal;

/// Put down whether the marks of an import count as told by the school's own system, and whether a file of it is of a kind that only such
/// a system writes.
pub fn add(connection: &Connection, act: ActId, of_mis: bool, by_format: bool) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO import_source (act, of_mis, by_format) VALUES (?1, ?2, ?3)")?
        .execute(params![act, of_mis, by_format])?;
    Ok(())
}

/// Whether a file of a kind that only such a system writes has brought marks, in an import that was not taken back.
pub fn is_known_by_format(connection: &Connection) -> rusqlite::Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT act FROM import_source WHERE by_format = 1 ORDER BY act DESC")?;
    let mut acts = statement.query_map([], |row| row.get::<_, ActId>(0))?;
    acts.try_fold(false, |found, act| Ok(found || journal::standing(connection, act?)?.is_some()))
}

/// Whether the marks of each import count so, by import.
pub fn all(connection: &Connection) -> rusqlite::Result<HashMap<ActId, bool>> {
    connection
        .prepare_cached("SELECT act, of_mis FROM import_source")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Keep that firstbell wrote a file of that SHA-256.
pub fn add_own(connection: &Connection, now: DateTime<Utc>, digest: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO own_file (digest, instant) VALUES (?1, ?2)")?
        .execute(params![digest, instant_text(now)])?;
    Ok(())
}

/// The SHA-256 of every file that firstbell wrote and that another system's could be taken for.
pub fn own(connection: &Connection) -> rusqlite::Result<HashSet<String>> {
    connection.prepare_cached("SELECT digest FROM own_file")?.query_map([], |row| row.get(0))?.collect()
}
