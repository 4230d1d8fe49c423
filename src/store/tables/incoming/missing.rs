//! Pupils on roll whom an export of the whole roll did not name.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::incoming::waiting::MissingPupil;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::instant;

const STANDS: &str = "ended IS NULL AND withdrawn IS NULL";

/// Everybody whom the last export of the whole roll did not name: the first that did not, and when it was brought in.
pub fn standing(connection: &Connection, school: &School) -> rusqlite::Result<Vec<MissingPupil>> {
    connection
        .prepare_cached(&format!(
            "SELECT m.pupil, m.act, a.instant FROM missing m JOIN act a ON a.id = m.act WHERE m.{STANDS} AND m.stays IS NULL
             ORDER BY m.act, m.pupil"
        ))?
        .query_map([], |row| {
            let since = school.local(instant(row, 2)?);
            Ok(MissingPupil { pupil: row.get(0)?, import: row.get(1)?, since })
        })?
        .collect()
}

/// Whoever is known not to be in the export, those among them who stay all the same.
pub fn known(connection: &Connection) -> rusqlite::Result<HashSet<PupilId>> {
    connection
        .prepare_cached(&format!("SELECT pupil FROM missing WHERE {STANDS}"))?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// `act` is the first export that does not name the pupil.
pub fn add(connection: &Connection, act: ActId, pupil: PupilId) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO missing (act, pupil) VALUES (?1, ?2)")?.execute((act, pupil))?;
    Ok(())
}

/// `act` names the pupil again.
pub fn end(connection: &Connection, act: ActId, pupil: PupilId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(&format!("UPDATE missing SET ended = ?1, was_ended = ?1 WHERE pupil = ?2 AND {STANDS}"))?
        .execute((act, pupil))?;
    Ok(())
}

/// What `act`, an import, ended stands again; or, with `again`, no longer.
pub fn take_back_ends(connection: &Connection, act: ActId, again: bool) -> rusqlite::Result<()> {
    let change = if again {
        "UPDATE missing SET ended = ?1 WHERE was_ended = ?1 AND ended IS NULL"
    } else {
        "UPDATE missing SET ended = NULL WHERE ended = ?1"
    };
    connection.prepare_cached(change)?.execute([act])?;
    Ok(())
}

/// The pupil stays all the same, says `act`. Answers whether that was asked of the pupil.
pub fn stay(connection: &Connection, act: ActId, pupil: PupilId) -> rusqlite::Result<bool> {
    let changed = connection
        .prepare_cached(&format!("UPDATE missing SET stays = ?1 WHERE pupil = ?2 AND stays IS NULL AND {STANDS}"))?
        .execute((act, pupil))?;
    Ok(changed > 0)
}

/// `act` no longer says that anybody stays.
pub fn take_back_stay(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE missing SET stays = NULL WHERE stays = ?1")?.execute([act])?;
    Ok(())
}
