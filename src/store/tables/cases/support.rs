//! What else is put into a case file: contact data checked, contracts, early help, part-time timetables and the like.

use rusqlite::{Connection, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::event::{CaseEvent, Party};
use crate::domain::cases::held::Held;
use crate::domain::cases::support::Support;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_or_none, date_text};

/// Put one down.
pub fn add(connection: &Connection, act: ActId, pupil: PupilId, one: &Support) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO case_support (act, pupil, kind, date, until, review, contact, name, agreed, sessions, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            act,
            pupil,
            one.kind,
            date_text(one.on),
            one.until.map(date_text),
            one.review.map(date_text),
            one.with.contact,
            one.with.name,
            one.agreed.map(date_text),
            one.sessions,
            one.words
        ])?;
    Ok(())
}

/// Those of one pupil, or of all.
pub fn of(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<CaseEvent>)>> {
    let columns = "t.kind, t.date, t.until, t.review, t.contact, t.name, t.agreed, t.sessions, t.words";
    rows::all(connection, school, ("case_support", columns), pupil, |row| {
        Ok(CaseEvent::Support(Support {
            kind: row.get(FIRST)?,
            on: date(row, FIRST + 1)?,
            until: date_or_none(row, FIRST + 2)?,
            review: date_or_none(row, FIRST + 3)?,
            with: Party { contact: row.get(FIRST + 4)?, name: row.get(FIRST + 5)? },
            agreed: date_or_none(row, FIRST + 6)?,
            sessions: row.get(FIRST + 7)?,
            words: row.get(FIRST + 8)?,
        }))
    })
}
