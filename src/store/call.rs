//! Calls: every attempt to reach a contact.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::act::ActId;
use crate::domain::contact::{Call, CallOutcome, ContactId};
use crate::domain::pupil::PupilId;
use crate::domain::school::School;

use super::columns::{code_or_none, date_text, instant, session_date, time_or_none, time_text, word};

/// Record an attempt; `call.act` is the act that logs it, and its who and when are the act's.
pub fn add(connection: &Connection, call: &Call) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO call (act, pupil, contact, date, session, outcome, code, note, call_back)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            call.act.0,
            call.pupil.0,
            call.contact.map(|contact| contact.0),
            date_text(call.about.date),
            call.about.session.as_str(),
            call.outcome.as_str(),
            call.code.as_ref().map(|code| code.as_str()),
            call.note,
            call.call_back.map(time_text),
        ])?;
    Ok(())
}

/// Calls about sessions of `date` that stand, oldest first.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<Call>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.act, c.pupil, c.contact, c.date, c.session, a.instant, c.outcome, c.code, c.note, c.call_back, a.who
         FROM call c JOIN act a ON a.id = c.act WHERE c.date = ?1 AND c.withdrawn IS NULL ORDER BY c.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(Call {
                act: ActId(row.get(0)?),
                pupil: PupilId(row.get(1)?),
                contact: row.get::<_, Option<i64>>(2)?.map(ContactId),
                about: session_date(row, 3)?,
                at: school.local(instant(row, 5)?),
                outcome: word(row, 6, CallOutcome::parse)?,
                code: code_or_none(row, 7)?,
                note: row.get(8)?,
                call_back: time_or_none(row, 9)?,
                who: row.get(10)?,
            })
        })?
        .collect()
}

/// Withdraw the attempts that `act` logged.
pub fn withdraw(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE call SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL")?
        .execute([act.0, by.0])?;
    Ok(())
}

/// Let stand again what `act` logged and `by` withdrew.
pub fn restore(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE call SET withdrawn = NULL WHERE act = ?1 AND withdrawn = ?2")?
        .execute([act.0, by.0])?;
    Ok(())
}
