//! Contacts with families: letters, calls and others.

use rusqlite::{Connection, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::event::{CaseContact, CaseEvent, Party};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, time_or_none, time_text};

/// Put one down.
pub fn add(connection: &Connection, act: ActId, pupil: PupilId, one: &CaseContact) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO case_contact (act, pupil, date, time, way, contact, name, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            act,
            pupil,
            date_text(one.on),
            one.time.map(time_text),
            one.way,
            one.with.contact,
            one.with.name,
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
    let columns = "t.date, t.time, t.way, t.contact, t.name, t.words";
    rows::all(connection, school, ("case_contact", columns), pupil, |row| {
        Ok(CaseEvent::Contact(CaseContact {
            on: date(row, FIRST)?,
            time: time_or_none(row, FIRST + 1)?,
            way: row.get(FIRST + 2)?,
            with: Party { contact: row.get(FIRST + 3)?, name: row.get(FIRST + 4)? },
            words: row.get(FIRST + 5)?,
        }))
    })
}
