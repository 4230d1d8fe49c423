//! Events on the ladder, and what the office made of contradictions.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::contradiction::{ContradictionKind, Decision};
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::domain::school::ladder::StepTaken;
use crate::store::columns::{date, date_text, instant};

/// Record an event.
pub fn add(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    at: SessionDate,
    step: &StepKind,
    words: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO step (act, pupil, date, session, step, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![act, pupil, date_text(at.date), at.session, step, words])?;
    Ok(())
}

/// Events of `date` that stand, oldest first.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<StepTaken>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.pupil, s.session, s.step, s.words, a.signed, a.instant FROM step s JOIN act a ON a.id = s.act
         WHERE s.date = ?1 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    statement.query_map([date_text(date)], |row| read(row, school))?.collect()
}

/// Events about a pupil's sessions of these dates that stand, each with the date that it is about, oldest first.
pub fn of_pupil(
    connection: &Connection,
    school: &School,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
) -> rusqlite::Result<Vec<(NaiveDate, StepTaken)>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.pupil, s.session, s.step, s.words, a.signed, a.instant, s.date FROM step s JOIN act a ON a.id = s.act
         WHERE s.date BETWEEN ?1 AND ?2 AND s.pupil = ?3 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    let (from, until) = (date_text(*dates.start()), date_text(*dates.end()));
    statement.query_map(params![from, until, pupil], |row| Ok((date(row, 7)?, read(row, school)?)))?.collect()
}

fn read(row: &Row<'_>, school: &School) -> rusqlite::Result<StepTaken> {
    Ok(StepTaken {
        act: row.get(0)?,
        pupil: row.get(1)?,
        session: row.get(2)?,
        step: row.get(3)?,
        words: row.get(4)?,
        who: row.get(5)?,
        at: school.local(instant(row, 6)?),
    })
}

/// Record a decision.
pub fn decide(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    at: SessionDate,
    contradiction: ContradictionKind,
    reason: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO decision (act, pupil, date, session, puzzle, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![act, pupil, date_text(at.date), at.session, contradiction, reason])?;
    Ok(())
}

/// Decisions about `date` that stand, oldest first.
pub fn decisions_on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<Decision>> {
    let mut statement = connection.prepare_cached(
        "SELECT d.act, d.pupil, d.session, d.puzzle, d.reason, a.signed, a.instant
         FROM decision d JOIN act a ON a.id = d.act WHERE d.date = ?1 AND d.withdrawn IS NULL ORDER BY d.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(Decision {
                act: row.get(0)?,
                pupil: row.get(1)?,
                session: row.get(2)?,
                contradiction: row.get(3)?,
                reason: row.get(4)?,
                who: row.get(5)?,
                at: school.local(instant(row, 6)?),
            })
        })?
        .collect()
}
