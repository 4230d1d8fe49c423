//! Home visits, and what they found.

use rusqlite::{Connection, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::ending::{Ended, Ending, VisitReturn};
use crate::domain::cases::event::{CaseEvent, Visit};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, time, time_text};

/// Put one down.
pub fn add(connection: &Connection, act: ActId, pupil: PupilId, one: &Visit) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO home_visit (act, pupil, date, left_at, due_back, purpose, staff, second, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            act,
            pupil,
            date_text(one.on),
            time_text(one.left),
            time_text(one.due_back),
            one.purpose,
            one.staff,
            one.second,
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
    let columns = "t.date, t.left_at, t.due_back, t.purpose, t.staff, t.second, t.words";
    rows::all(connection, school, ("home_visit", columns), pupil, |row| {
        Ok(CaseEvent::Visit(Visit {
            on: date(row, FIRST)?,
            left: time(row, FIRST + 1)?,
            due_back: time(row, FIRST + 2)?,
            purpose: row.get(FIRST + 3)?,
            staff: row.get(FIRST + 4)?,
            second: row.get(FIRST + 5)?,
            words: row.get(FIRST + 6)?,
        }))
    })
}

/// The visit that `event` put down is over.
pub fn back(
    connection: &Connection,
    act: ActId,
    event: ActId,
    pupil: PupilId,
    one: &VisitReturn,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO home_visit_return (act, event, pupil, back, child_seen, spoken_to, met, outcome, words, follow_up, in_cpoms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            act,
            event,
            pupil,
            time_text(one.back),
            one.child_seen,
            one.spoken_to,
            one.met,
            one.outcome,
            one.words,
            one.follow_up,
            one.in_cpoms
        ])?;
    Ok(())
}

/// What visits found.
pub fn returns(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Ended>)>> {
    let columns = "t.event, t.back, t.child_seen, t.spoken_to, t.met, t.outcome, t.words, t.follow_up, t.in_cpoms";
    rows::all(connection, school, ("home_visit_return", columns), pupil, |row| {
        let ending = Ending::Visit(VisitReturn {
            back: time(row, FIRST + 1)?,
            child_seen: row.get(FIRST + 2)?,
            spoken_to: row.get(FIRST + 3)?,
            met: row.get(FIRST + 4)?,
            outcome: row.get(FIRST + 5)?,
            words: row.get(FIRST + 6)?,
            follow_up: row.get(FIRST + 7)?,
            in_cpoms: row.get(FIRST + 8)?,
        });
        Ok(Ended { event: row.get(FIRST)?, ending })
    })
}
