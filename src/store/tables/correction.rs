//! Corrections of the roll. One ends when an import brings it, or another correction takes its place.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::people::contact::ContactId;
use crate::domain::people::correction::{Correction, CorrectionId, CorrectionKind};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date_or_none, date_text, instant};

/// A correction to be kept.
pub struct New<'a> {
    /// The act that puts it right.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// Of which contact.
    pub contact: Option<ContactId>,
    /// What.
    pub kind: CorrectionKind,
    /// What the system has.
    pub was: &'a str,
    /// What it is.
    pub becomes: &'a str,
    /// The first day of it.
    pub from: Option<NaiveDate>,
    /// What else is known.
    pub words: &'a str,
}

impl<'a> New<'a> {
    /// One of a pupil, of whom the system has nothing of the kind.
    pub fn of(act: ActId, pupil: PupilId, kind: CorrectionKind, becomes: &'a str) -> New<'a> {
        New { act, pupil, contact: None, kind, was: "", becomes, from: None, words: "" }
    }
}

/// Keep a correction under a number that none has or had.
pub fn add(connection: &Connection, id: i64, new: &New<'_>) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO correction (id, act, pupil, contact, kind, was, becomes, first_day, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            id,
            new.act,
            new.pupil,
            new.contact,
            new.kind,
            new.was,
            new.becomes,
            new.from.map(date_text),
            new.words
        ])?;
    Ok(())
}

/// End a correction: `by` has brought it, or another takes its place.
pub fn end(connection: &Connection, id: CorrectionId, by: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE correction SET ended = ?2 WHERE id = ?1")?.execute((id, by))?;
    Ok(())
}

/// Every correction that stands, oldest first.
pub fn standing(connection: &Connection, school: &School) -> rusqlite::Result<Vec<Correction>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.id, c.act, c.pupil, c.contact, c.kind, c.was, c.becomes, a.instant, a.signed, c.first_day, c.words
         FROM correction c JOIN act a ON a.id = c.act WHERE c.ended IS NULL ORDER BY c.id",
    )?;
    statement.query_map([], |row| read(row, school))?.collect()
}

fn read(row: &Row<'_>, school: &School) -> rusqlite::Result<Correction> {
    Ok(Correction {
        id: row.get(0)?,
        act: row.get(1)?,
        pupil: row.get(2)?,
        contact: row.get(3)?,
        kind: row.get(4)?,
        was: row.get(5)?,
        becomes: row.get(6)?,
        from: date_or_none(row, 9)?,
        words: row.get(10)?,
        at: school.local(instant(row, 7)?),
        who: row.get(8)?,
    })
}
