//! Requests for leave in term time, and what was decided of them.

use rusqlite::{Connection, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::calendar::dates::parse_iso;
use crate::domain::cases::ending::{Ended, Ending, LeaveDecision};
use crate::domain::cases::event::{CaseEvent, LeaveRequest, Party};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text};

/// Put a request down.
pub fn ask(connection: &Connection, act: ActId, pupil: PupilId, one: &LeaveRequest) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO leave_request (act, pupil, date, contact, name, first_day, last_day, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            act,
            pupil,
            date_text(one.asked),
            one.by.contact,
            one.by.name,
            date_text(one.first),
            date_text(one.last),
            one.reason
        ])?;
    Ok(())
}

/// Requests of one pupil, or of all.
pub fn asked(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<CaseEvent>)>> {
    let columns = "t.date, t.contact, t.name, t.first_day, t.last_day, t.reason";
    rows::all(connection, school, ("leave_request", columns), pupil, |row| {
        Ok(CaseEvent::Leave(LeaveRequest {
            asked: date(row, FIRST)?,
            by: Party { contact: row.get(FIRST + 1)?, name: row.get(FIRST + 2)? },
            first: date(row, FIRST + 3)?,
            last: date(row, FIRST + 4)?,
            reason: row.get(FIRST + 5)?,
        }))
    })
}

/// The request that `event` put down is decided.
pub fn decide(
    connection: &Connection,
    act: ActId,
    event: ActId,
    pupil: PupilId,
    one: &LeaveDecision,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO leave_decision (act, event, pupil, date, outcome, days, decided_by, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![act, event, pupil, date_text(one.on), one.outcome, one.days, one.by, one.reason])?;
    let mut day = connection.prepare_cached("INSERT INTO leave_day (act, date, pupil) VALUES (?1, ?2, ?3)")?;
    one.granted.iter().try_for_each(|date| day.execute(params![act, date_text(*date), pupil]).map(|_| ()))
}

/// What was decided.
pub fn decided(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Ended>)>> {
    let columns = "t.event, t.date, t.outcome, t.days, t.decided_by, t.reason,
                   (SELECT group_concat(d.date, ' ') FROM leave_day d WHERE d.act = t.act)";
    rows::all(connection, school, ("leave_decision", columns), pupil, |row| {
        let granted: Option<String> = row.get(FIRST + 6)?;
        let granted = granted.as_deref().unwrap_or_default().split_whitespace().filter_map(parse_iso).collect();
        let ending = Ending::Leave(LeaveDecision {
            on: date(row, FIRST + 1)?,
            outcome: row.get(FIRST + 2)?,
            days: row.get(FIRST + 3)?,
            by: row.get(FIRST + 4)?,
            reason: row.get(FIRST + 5)?,
            granted,
        });
        Ok(Ended { event: row.get(FIRST)?, ending })
    })
}
