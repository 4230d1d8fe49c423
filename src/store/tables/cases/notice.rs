//! Notices to improve and penalty notices, and the sessions that a penalty notice has locked.

use rusqlite::{Connection, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::event::{CaseEvent, ImprovementNotice, Party, PenaltyNotice};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, session_date};

/// Put a notice to improve down.
pub fn add_improvement(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    one: &ImprovementNotice,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO improvement_notice (act, pupil, contact, name, date, weeks, ends, most_unauthorised, least_percent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            act,
            pupil,
            one.parent.contact,
            one.parent.name,
            date_text(one.start),
            one.weeks,
            date_text(one.ends),
            one.most_unauthorised,
            one.least_percent
        ])?;
    Ok(())
}

/// Notices to improve of one pupil, or of all.
pub fn improvements(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<CaseEvent>)>> {
    let columns = "t.contact, t.name, t.date, t.weeks, t.ends, t.most_unauthorised, t.least_percent";
    rows::all(connection, school, ("improvement_notice", columns), pupil, |row| {
        Ok(CaseEvent::Improvement(ImprovementNotice {
            parent: Party { contact: row.get(FIRST)?, name: row.get(FIRST + 1)? },
            start: date(row, FIRST + 2)?,
            weeks: row.get(FIRST + 3)?,
            ends: date(row, FIRST + 4)?,
            most_unauthorised: row.get(FIRST + 5)?,
            least_percent: row.get(FIRST + 6)?,
        }))
    })
}

/// Put a penalty notice down.
pub fn add_penalty(connection: &Connection, act: ActId, pupil: PupilId, one: &PenaltyNotice) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO penalty_notice (act, pupil, contact, name, date) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![act, pupil, one.parent.contact, one.parent.name, date_text(one.issued)])?;
    let mut locked =
        connection.prepare_cached("INSERT INTO penalty_session (act, date, session, pupil) VALUES (?1, ?2, ?3, ?4)")?;
    for at in &one.sessions {
        locked.execute(params![act, date_text(at.date), at.session, pupil])?;
    }
    Ok(())
}

/// Penalty notices of one pupil, or of all.
pub fn penalties(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<CaseEvent>)>> {
    let columns = "t.contact, t.name, t.date";
    rows::all(connection, school, ("penalty_notice", columns), pupil, |row| {
        Ok(CaseEvent::Penalty(PenaltyNotice {
            parent: Party { contact: row.get(FIRST)?, name: row.get(FIRST + 1)? },
            issued: date(row, FIRST + 2)?,
            sessions: sessions(connection, row.get(1)?)?,
        }))
    })
}

fn sessions(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<SessionDate>> {
    connection
        .prepare_cached("SELECT date, session FROM penalty_session WHERE act = ?1 ORDER BY date, session")?
        .query_map([act], |row| session_date(row, 0))?
        .collect()
}

/// The sessions that penalty notices which stand have locked, in order: they count towards no other. Of one pupil, or of all.
pub fn locked(connection: &Connection, pupil: Option<PupilId>) -> rusqlite::Result<Vec<(PupilId, SessionDate)>> {
    let whose = if pupil.is_some() { "n.pupil = ?1" } else { "?1 IS NULL" };
    let question = format!(
        "SELECT DISTINCT s.pupil, s.date, s.session FROM penalty_notice n JOIN penalty_session s ON s.act = n.act
         WHERE n.withdrawn IS NULL AND {whose} ORDER BY s.pupil, s.date, s.session"
    );
    connection.prepare_cached(&question)?.query_map([pupil], |row| Ok((row.get(0)?, session_date(row, 1)?)))?.collect()
}
