//! Messages of files, which wait until an act says that they are read.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::facts::inbox::InboxMessage;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date, date_or_none, date_text, time, time_text};

const WAITS: &str = "ended IS NULL AND withdrawn IS NULL";

/// Let a message wait; its number is made.
pub fn add(connection: &Connection, one: &InboxMessage) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO inbox (act, file, line, date, time, channel, pupil, about, said_by, number, first_day, last_day, reason, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            one.act,
            one.file,
            i64::try_from(one.line).unwrap_or(i64::MAX),
            date_text(one.date),
            time_text(one.time),
            one.channel,
            one.pupil,
            one.about,
            one.by,
            one.from,
            one.first_day.map(date_text),
            one.last_day.map(date_text),
            one.reason,
            one.words,
        ])?;
    Ok(())
}

/// Whether the same message has come before, read or not; whom it was taken to be about does not matter.
pub fn is_known(connection: &Connection, one: &InboxMessage) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM inbox
                            WHERE date = ?1 AND time = ?2 AND channel = ?3 AND about = ?4 AND said_by = ?5 AND number IS ?6
                              AND first_day IS ?7 AND last_day IS ?8 AND reason = ?9 AND words = ?10 AND withdrawn IS NULL)",
        )?
        .query_row(
            params![
                date_text(one.date),
                time_text(one.time),
                one.channel,
                one.about,
                one.by,
                one.from,
                one.first_day.map(date_text),
                one.last_day.map(date_text),
                one.reason,
                one.words,
            ],
            |row| row.get(0),
        )
}

/// Every message that waits, oldest first.
pub fn waiting(connection: &Connection) -> rusqlite::Result<Vec<InboxMessage>> {
    let read = |row: &Row<'_>| {
        Ok(InboxMessage {
            number: row.get(0)?,
            act: row.get(1)?,
            file: row.get(2)?,
            line: u64::try_from(row.get::<_, i64>(3)?).unwrap_or_default(),
            date: date(row, 4)?,
            time: time(row, 5)?,
            channel: row.get(6)?,
            pupil: row.get(7)?,
            about: row.get(8)?,
            by: row.get(9)?,
            from: row.get(10)?,
            first_day: date_or_none(row, 11)?,
            last_day: date_or_none(row, 12)?,
            reason: row.get(13)?,
            words: row.get(14)?,
        })
    };
    connection
        .prepare_cached(&format!(
            "SELECT id, act, file, line, date, time, channel, pupil, about, said_by, number, first_day, last_day, reason, words
             FROM inbox WHERE {WAITS} ORDER BY date, time, id"
        ))?
        .query_map([], read)?
        .collect()
}

/// How many wait.
pub fn count(connection: &Connection) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(&format!("SELECT count(*) FROM inbox WHERE {WAITS}"))?
        .query_row([], |row| Ok(row.get::<_, u32>(0)? as usize))
}

/// Whether that message waits.
pub fn is_waiting(connection: &Connection, message: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM inbox WHERE id = ?1 AND {WAITS})"))?
        .query_row([message], |row| row.get(0))
}

/// The date on which a message came.
pub fn date_of(connection: &Connection, message: i64) -> rusqlite::Result<Option<NaiveDate>> {
    let found = connection
        .prepare_cached("SELECT date FROM inbox WHERE id = ?1")?
        .query_row([message], |row| date_or_none(row, 0))
        .optional()?;
    Ok(found.flatten())
}

/// `act` says that a message is read, and whom it is about where the file does not.
pub fn read(connection: &Connection, message: i64, act: ActId, about: Option<PupilId>) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE inbox SET ended = ?2, answered = ?2, meant = ?3 WHERE id = ?1")?
        .execute(params![message, act, about])?;
    Ok(())
}

/// What `act` read waits again; or, with `again`, no longer.
pub fn take_back_reading(connection: &Connection, act: ActId, again: bool) -> rusqlite::Result<()> {
    let change = if again {
        "UPDATE inbox SET ended = ?1 WHERE answered = ?1 AND ended IS NULL"
    } else {
        "UPDATE inbox SET ended = NULL WHERE answered = ?1 AND ended = ?1"
    };
    connection.prepare_cached(change)?.execute([act])?;
    Ok(())
}

/// The last act that read one of those that `act` brought.
pub fn read_since(connection: &Connection, act: ActId) -> rusqlite::Result<Option<ActId>> {
    connection
        .prepare_cached("SELECT max(ended) FROM inbox WHERE act = ?1 AND withdrawn IS NULL")?
        .query_row([act], |row| row.get(0))
}
