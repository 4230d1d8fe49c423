//! Where pupils are during the day, besides marks: out and back, looked for and seen, confirmed by a provider.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::presence::{Confirmation, Movement, Sighting, Way};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, instant, missing, time, time_or_none, time_text};

/// Record that somebody went out or came back.
pub fn go(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    way: Way,
    (reason, code): (&str, Option<Code>),
) -> rusqlite::Result<()> {
    let code = code.as_ref().map(Code::as_str);
    connection
        .prepare_cached(
            "INSERT INTO movement (act, pupil, date, time, way, reason, code) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![act, pupil, date_text(date), time_text(time), way, reason, code])?;
    Ok(())
}

/// The movements of `date`, by time, then as recorded.
pub fn movements_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Movement>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.act, m.pupil, m.time, m.way, m.reason, m.code, a.signed FROM movement m JOIN act a ON a.id = m.act
         WHERE m.date = ?1 AND m.withdrawn IS NULL ORDER BY m.time, m.id",
    )?;
    statement.query_map([date_text(date)], movement)?.collect()
}

/// Who moved when by `act`, whether it stands or not.
pub fn movements_by(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<(PupilId, NaiveDate, NaiveTime)>> {
    connection
        .prepare_cached("SELECT pupil, date, time FROM movement WHERE act = ?1 ORDER BY id")?
        .query_map([act], |row| Ok((row.get(0)?, date(row, 1)?, time(row, 2)?)))?
        .collect()
}

/// One pupil's of `date`, by time, then as recorded.
pub fn movements_of(connection: &Connection, pupil: PupilId, date: NaiveDate) -> rusqlite::Result<Vec<Movement>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.act, m.pupil, m.time, m.way, m.reason, m.code, a.signed FROM movement m JOIN act a ON a.id = m.act
         WHERE m.pupil = ?1 AND m.date = ?2 AND m.withdrawn IS NULL ORDER BY m.time, m.id",
    )?;
    statement.query_map(params![pupil, date_text(date)], movement)?.collect()
}

fn movement(row: &Row<'_>) -> rusqlite::Result<Movement> {
    Ok(Movement {
        act: row.get(0)?,
        pupil: row.get(1)?,
        time: time_or_none(row, 2)?.ok_or_else(|| missing(2))?,
        way: row.get(3)?,
        reason: row.get(4)?,
        code: row.get(5)?,
        who: row.get(6)?,
    })
}

/// Record that somebody was looked for.
pub fn sight(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    seen: bool,
    place: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO sighting (act, pupil, date, time, seen, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![act, pupil, date_text(date), time_text(time), seen, place])?;
    Ok(())
}

/// The sightings of `date`, oldest first.
pub fn sightings_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Sighting>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.pupil, s.time, s.seen, s.place, a.signed FROM sighting s JOIN act a ON a.id = s.act
         WHERE s.date = ?1 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    statement.query_map([date_text(date)], sighting)?.collect()
}

/// Where one pupil was looked for on `date`, oldest first.
pub fn sightings_of(connection: &Connection, pupil: PupilId, date: NaiveDate) -> rusqlite::Result<Vec<Sighting>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.pupil, s.time, s.seen, s.place, a.signed FROM sighting s JOIN act a ON a.id = s.act
         WHERE s.pupil = ?1 AND s.date = ?2 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    statement.query_map(params![pupil, date_text(date)], sighting)?.collect()
}

fn sighting(row: &Row<'_>) -> rusqlite::Result<Sighting> {
    Ok(Sighting {
        act: row.get(0)?,
        pupil: row.get(1)?,
        time: time_or_none(row, 2)?.ok_or_else(|| missing(2))?,
        seen: row.get(3)?,
        place: row.get(4)?,
        who: row.get(5)?,
    })
}

/// Record what a provider said.
pub fn confirm(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    at: SessionDate,
    there: bool,
    said_by: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO confirmation (act, pupil, date, session, there, said_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![act, pupil, date_text(at.date), at.session, there, said_by])?;
    Ok(())
}

/// What providers said of `date`, oldest first.
pub fn confirmations_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<Confirmation>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.act, c.pupil, c.session, c.there, c.said_by, a.signed, a.instant
         FROM confirmation c JOIN act a ON a.id = c.act WHERE c.date = ?1 AND c.withdrawn IS NULL ORDER BY c.id",
    )?;
    statement.query_map([date_text(date)], |row| confirmation(row, school))?.collect()
}

/// What providers said of one pupil on `date`, oldest first.
pub fn confirmations_of(
    connection: &Connection,
    school: &School,
    pupil: PupilId,
    date: NaiveDate,
) -> rusqlite::Result<Vec<Confirmation>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.act, c.pupil, c.session, c.there, c.said_by, a.signed, a.instant FROM confirmation c JOIN act a ON a.id = c.act
         WHERE c.pupil = ?1 AND c.date = ?2 AND c.withdrawn IS NULL ORDER BY c.id",
    )?;
    statement.query_map(params![pupil, date_text(date)], |row| confirmation(row, school))?.collect()
}

fn confirmation(row: &Row<'_>, school: &School) -> rusqlite::Result<Confirmation> {
    Ok(Confirmation {
        act: row.get(0)?,
        pupil: row.get(1)?,
        session: row.get(2)?,
        there: row.get(3)?,
        said_by: row.get(4)?,
        who: row.get(5)?,
        at: school.local(instant(row, 6)?),
    })
}
