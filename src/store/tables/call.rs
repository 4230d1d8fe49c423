//! Calls: every attempt to reach a contact.

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::people::contact::{Call, WrongNumber};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date_or_none, date_text, instant, session_date, time_or_none, time_text};

/// Record an attempt; `call.act` is the act that logs it, and its who and when are the act's.
pub fn add(connection: &Connection, call: &Call) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO call (act, pupil, contact, date, session, outcome, code, note, call_back, number, despite)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            call.act,
            call.pupil,
            call.contact,
            date_text(call.about.date),
            call.about.session,
            call.outcome,
            call.code,
            call.note,
            call.call_back.map(time_text),
            call.number,
            call.despite,
        ])?;
    Ok(())
}

/// How many calls about a pupil's sessions of these dates stand.
pub fn count_of(connection: &Connection, pupil: PupilId, dates: &Range<NaiveDate>) -> rusqlite::Result<u32> {
    connection
        .prepare_cached(
            "SELECT count(*) FROM call WHERE date >= ?1 AND date < ?2 AND pupil = ?3 AND withdrawn IS NULL",
        )?
        .query_row(params![date_text(dates.start), date_text(dates.end), pupil], |row| row.get(0))
}

/// The date of the oldest session of all about which somebody was rung.
pub fn oldest(connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
    connection.prepare_cached("SELECT min(date) FROM call")?.query_row([], |row| date_or_none(row, 0))
}

/// What is read of a call.
const COLUMNS: &str =
    "c.act, c.pupil, c.contact, c.date, c.session, a.instant, c.outcome, c.code, c.note, c.call_back, a.signed,
                c.number, c.despite";

/// Calls about sessions of `date` that stand, oldest first.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<Call>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}
         FROM call c JOIN act a ON a.id = c.act WHERE c.date = ?1 AND c.withdrawn IS NULL ORDER BY c.id",
    ))?;
    statement.query_map([date_text(date)], |row| read(row, school))?.collect()
}

/// Calls about a pupil's sessions of these dates that stand, oldest first.
pub fn of_pupil(
    connection: &Connection,
    school: &School,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
) -> rusqlite::Result<Vec<Call>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}
         FROM call c JOIN act a ON a.id = c.act
         WHERE c.date BETWEEN ?1 AND ?2 AND c.pupil = ?3 AND c.withdrawn IS NULL ORDER BY c.id",
    ))?;
    let (from, until) = (date_text(*dates.start()), date_text(*dates.end()));
    statement.query_map(params![from, until, pupil], |row| read(row, school))?.collect()
}

fn read(row: &Row<'_>, school: &School) -> rusqlite::Result<Call> {
    Ok(Call {
        act: row.get(0)?,
        pupil: row.get(1)?,
        contact: row.get(2)?,
        about: session_date(row, 3)?,
        at: school.local(instant(row, 5)?),
        outcome: row.get(6)?,
        code: row.get(7)?,
        note: row.get(8)?,
        call_back: time_or_none(row, 9)?,
        who: row.get(10)?,
        number: row.get(11)?,
        despite: row.get(12)?,
    })
}

/// Numbers that the newest call to each found wrong, oldest first, whether or not they are still held.
pub fn wrong_numbers(connection: &Connection, school: &School) -> rusqlite::Result<Vec<WrongNumber>> {
    let mut statement = connection.prepare_cached(
        "SELECT k.pupil, k.id, c.number, a.instant, a.signed
         FROM call c INDEXED BY call_wrong JOIN contact k ON k.id = c.contact AND k.pupil = c.pupil
              JOIN act a ON a.id = c.act
         WHERE c.outcome = 'wrong-number' AND c.withdrawn IS NULL AND k.gone = 0 AND c.number IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM call later WHERE later.pupil = c.pupil AND later.contact = c.contact
                           AND coalesce(later.number, c.number) = c.number
                           AND later.date >= c.date AND later.id > c.id AND later.withdrawn IS NULL)
         ORDER BY c.id",
    )?;
    let found = statement.query_map([], |row| {
        Ok(WrongNumber {
            pupil: row.get(0)?,
            contact: row.get(1)?,
            number: row.get(2)?,
            at: school.local(instant(row, 3)?),
            who: row.get(4)?,
        })
    })?;
    found.collect()
}
