//! What the marks of files stand for that are no code: one meaning of each stands.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::waiting_mark::MarkMeaning;
use crate::domain::school::School;
use crate::store::columns::instant;

/// Every meaning that stands, by the mark.
pub fn standing(connection: &Connection, school: &School) -> rusqlite::Result<Vec<MarkMeaning>> {
    let read = |row: &Row<'_>| {
        let at = school.local(instant(row, 4)?);
        Ok(MarkMeaning { raw: row.get(0)?, code: row.get(1)?, act: row.get(2)?, by: row.get(3)?, at })
    };
    connection
        .prepare_cached(
            "SELECT m.raw, m.code, m.act, a.signed, a.instant FROM mark_meaning m JOIN act a ON a.id = m.act
             WHERE m.withdrawn IS NULL ORDER BY m.raw",
        )?
        .query_map([], read)?
        .collect()
}

/// What a mark stands for, and the act that said so.
pub fn of(connection: &Connection, raw: &str) -> rusqlite::Result<Option<(Code, ActId)>> {
    connection
        .prepare_cached("SELECT code, act FROM mark_meaning WHERE raw = ?1 AND withdrawn IS NULL")?
        .query_row([raw], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Whether the tutor's mark that `taken` brought is of what was said that `raw` means, then or by now.
pub fn has_said(connection: &Connection, raw: &str, taken: ActId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM mark_meaning WHERE act = ?2 AND raw = ?1)")?
        .query_row(params![raw, taken], |row| row.get(0))
}

/// The meaning of a mark that stands, if one does, gives way to what `by` says.
pub fn give_way(connection: &Connection, raw: &str, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE mark_meaning SET withdrawn = ?2 WHERE raw = ?1 AND withdrawn IS NULL")?
        .execute(params![raw, by])?;
    Ok(())
}

/// Put a meaning down, where none stands.
pub fn add(connection: &Connection, act: ActId, raw: &str, code: Code) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO mark_meaning (act, raw, code) VALUES (?1, ?2, ?3)")?
        .execute(params![act, raw, code])?;
    Ok(())
}

/// Let the meaning stand again that gave way to what `by` says.
pub fn restore(connection: &Connection, raw: &str, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE mark_meaning SET withdrawn = NULL WHERE raw = ?1 AND withdrawn = ?2")?
        .execute(params![raw, by])?;
    Ok(())
}
