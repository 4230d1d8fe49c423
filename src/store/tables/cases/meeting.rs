//! Meetings, and what they agreed.

use rusqlite::{Connection, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::event::{AgreedAction, CaseEvent, Meeting};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, time_or_none, time_text};

/// Put one down.
pub fn add(connection: &Connection, act: ActId, pupil: PupilId, one: &Meeting) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO case_meeting (act, pupil, date, time, kind, present, minutes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            act,
            pupil,
            date_text(one.on),
            one.time.map(time_text),
            one.kind,
            one.present,
            one.minutes
        ])?;
    let mut agreed = connection.prepare_cached(
        "INSERT INTO case_action (act, place, pupil, what, who, date) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, action) in (1_i64..).zip(&one.actions) {
        agreed.execute(params![act, place, pupil, action.what, action.who, date_text(action.by)])?;
    }
    Ok(())
}

/// Those of one pupil, or of all.
pub fn of(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<CaseEvent>)>> {
    let columns = "t.date, t.time, t.kind, t.present, t.minutes";
    rows::all(connection, school, ("case_meeting", columns), pupil, |row| {
        Ok(CaseEvent::Meeting(Meeting {
            on: date(row, FIRST)?,
            time: time_or_none(row, FIRST + 1)?,
            kind: row.get(FIRST + 2)?,
            present: row.get(FIRST + 3)?,
            minutes: row.get(FIRST + 4)?,
            actions: agreed(connection, row.get(1)?)?,
        }))
    })
}

fn agreed(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<AgreedAction>> {
    connection
        .prepare_cached("SELECT what, who, date FROM case_action WHERE act = ?1 ORDER BY place")?
        .query_map([act], |row| Ok(AgreedAction { what: row.get(0)?, who: row.get(1)?, by: date(row, 2)? }))?
        .collect()
}
