//! Where pupils are during the day, besides marks: out and back, looked for and seen, confirmed by a provider.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, params};

use crate::domain::act::ActId;
use crate::domain::presence::{Confirmation, Movement, Sighting, Way};
use crate::domain::pupil::PupilId;
use crate::domain::school::School;
use crate::domain::session::SessionDate;

use super::columns::{date_text, instant, missing, session, time_or_none, time_text, word};

/// Record that somebody went out or came back.
pub fn go(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    way: Way,
    reason: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO movement (act, pupil, date, time, way, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![act.0, pupil.0, date_text(date), time_text(time), way.as_str(), reason])?;
    Ok(())
}

/// Who went out or came back on `date`, by time, then as recorded.
pub fn movements_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Movement>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.act, m.pupil, m.time, m.way, m.reason, a.who FROM movement m JOIN act a ON a.id = m.act
         WHERE m.date = ?1 AND m.withdrawn IS NULL ORDER BY m.time, m.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(Movement {
                act: ActId(row.get(0)?),
                pupil: PupilId(row.get(1)?),
                time: time_or_none(row, 2)?.ok_or_else(|| missing(2))?,
                way: word(row, 3, Way::parse)?,
                reason: row.get(4)?,
                who: row.get(5)?,
            })
        })?
        .collect()
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
        .execute(params![act.0, pupil.0, date_text(date), time_text(time), seen, place])?;
    Ok(())
}

/// Who was looked for on `date`, oldest first.
pub fn sightings_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Sighting>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.pupil, s.time, s.seen, s.place, a.who FROM sighting s JOIN act a ON a.id = s.act
         WHERE s.date = ?1 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(Sighting {
                act: ActId(row.get(0)?),
                pupil: PupilId(row.get(1)?),
                time: time_or_none(row, 2)?.ok_or_else(|| missing(2))?,
                seen: row.get(3)?,
                place: row.get(4)?,
                who: row.get(5)?,
            })
        })?
        .collect()
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
        .execute(params![act.0, pupil.0, date_text(at.date), at.session.as_str(), there, said_by])?;
    Ok(())
}

/// What providers said of `date`, oldest first.
pub fn confirmations_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<Confirmation>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.act, c.pupil, c.session, c.there, c.said_by, a.who, a.instant
         FROM confirmation c JOIN act a ON a.id = c.act WHERE c.date = ?1 AND c.withdrawn IS NULL ORDER BY c.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(Confirmation {
                act: ActId(row.get(0)?),
                pupil: PupilId(row.get(1)?),
                session: session(row, 2)?,
                there: row.get(3)?,
                said_by: row.get(4)?,
                who: row.get(5)?,
                at: school.local(instant(row, 6)?),
            })
        })?
        .collect()
}
