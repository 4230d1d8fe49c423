//! Marks of files that are no code: they wait until an act releases or drops them, or a later file says otherwise.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::waiting_mark::WaitingMark;
use crate::domain::incoming::{IncomingUnknown, Place};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date_or_none, date_text, instant, session_date};

const WAITS: &str = "q.ended IS NULL AND q.withdrawn IS NULL";

/// Let a mark wait.
pub fn add(
    connection: &Connection,
    act: ActId,
    place: &Place,
    pupil: PupilId,
    one: &IncomingUnknown,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO quarantine (act, file, line, pupil, date, session, raw, minutes, taken_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            act,
            place.file,
            i64::try_from(place.line).unwrap_or(i64::MAX),
            pupil,
            date_text(one.at.date),
            one.at.session,
            one.raw,
            one.minutes,
            one.by
        ])?;
    Ok(())
}

/// Whether a file said this of the pupil-session last of all that waited there, and no file has said otherwise since.
pub fn is_known(connection: &Connection, pupil: PupilId, at: SessionDate, raw: &str) -> rusqlite::Result<bool> {
    let last = connection
        .prepare_cached(
            "SELECT raw = ?4 AND (ended IS NULL OR (SELECT kind FROM act WHERE id = ended) <> 'import')
             FROM quarantine WHERE pupil = ?1 AND date = ?2 AND session = ?3 AND withdrawn IS NULL ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![pupil, date_text(at.date), at.session, raw], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(false))
}

/// Released by what somebody said that the mark means, whether that stands or another meaning has taken its place.
const RELEASED: &str = "q.withdrawn IS NULL AND q.ended = q.answered
                        AND EXISTS (SELECT 1 FROM mark_meaning x WHERE x.act = q.ended AND x.raw = q.raw)";

/// Every mark that waits, by the mark, oldest first; of one mark alone where `raw` is given.
pub fn waiting(connection: &Connection, school: &School, raw: Option<&str>) -> rusqlite::Result<Vec<WaitingMark>> {
    these(connection, school, WAITS, raw)
}

/// Every mark `raw` that waited, and was released by what it means; oldest first.
pub fn released(connection: &Connection, school: &School, raw: &str) -> rusqlite::Result<Vec<WaitingMark>> {
    these(connection, school, RELEASED, Some(raw))
}

fn these(
    connection: &Connection,
    school: &School,
    which: &str,
    raw: Option<&str>,
) -> rusqlite::Result<Vec<WaitingMark>> {
    let read = |row: &Row<'_>| {
        Ok(WaitingMark {
            row: row.get(0)?,
            act: row.get(1)?,
            brought_by: row.get(2)?,
            at: school.local(instant(row, 3)?),
            file: row.get(4)?,
            line: u64::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
            pupil: row.get(6)?,
            of: session_date(row, 7)?,
            raw: row.get(9)?,
            minutes: row.get(10)?,
            taken_by: row.get(11)?,
        })
    };
    connection
        .prepare_cached(&format!(
            "SELECT q.id, q.act, a.signed, a.instant, q.file, q.line, q.pupil, q.date, q.session, q.raw, q.minutes, q.taken_by
             FROM quarantine q JOIN act a ON a.id = q.act
             WHERE {which} AND (?1 IS NULL OR q.raw = ?1) ORDER BY q.raw, q.date, q.session, q.id"
        ))?
        .query_map([raw], read)?
        .collect()
}

/// How many wait.
pub fn count(connection: &Connection) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(&format!("SELECT count(*) FROM quarantine q WHERE {WAITS}"))?
        .query_row([], |row| Ok(row.get::<_, u32>(0)? as usize))
}

/// The date of the oldest of one mark that waits or was released.
pub fn first_date(connection: &Connection, raw: &str) -> rusqlite::Result<Option<NaiveDate>> {
    connection
        .prepare_cached(&format!("SELECT min(date) FROM quarantine q WHERE raw = ?1 AND ({WAITS} OR {RELEASED})"))?
        .query_row([raw], |row| date_or_none(row, 0))
}

/// A mark that waits and is `raw` but for capitals, and how many of it do.
pub fn but_for_capitals(connection: &Connection, raw: &str) -> rusqlite::Result<Option<(String, usize)>> {
    let folded = raw.to_lowercase();
    let mut statement =
        connection.prepare_cached(&format!("SELECT q.raw, count(*) FROM quarantine q WHERE {WAITS} GROUP BY q.raw"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let held: String = row.get(0)?;
        if held != raw && held.to_lowercase() == folded {
            return Ok(Some((held, row.get::<_, u32>(1)? as usize)));
        }
    }
    Ok(None)
}

/// `act` has answered for a mark that waited: released or dropped it.
pub fn answer(connection: &Connection, row: i64, act: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE quarantine SET ended = ?2, answered = ?2 WHERE id = ?1")?
        .execute(params![row, act])?;
    Ok(())
}

/// What `act` answered for waits again; or, with `again`, no longer.
pub fn take_back_answers(connection: &Connection, act: ActId, again: bool) -> rusqlite::Result<()> {
    let change = if again {
        "UPDATE quarantine SET ended = ?1 WHERE answered = ?1 AND ended IS NULL"
    } else {
        "UPDATE quarantine SET ended = NULL WHERE answered = ?1 AND ended = ?1"
    };
    connection.prepare_cached(change)?.execute([act])?;
    Ok(())
}

/// What waited from before `act`, an import, no longer does where that says otherwise of the pupil-session.
pub fn supersede(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(&format!(
            "UPDATE quarantine AS q SET ended = ?1
             WHERE {WAITS} AND q.act < ?1
               AND (EXISTS (SELECT 1 FROM mark m WHERE m.date = q.date AND m.session = q.session AND m.pupil = q.pupil AND m.taken = ?1)
                    OR EXISTS (SELECT 1 FROM quarantine new WHERE new.act = ?1 AND new.withdrawn IS NULL AND new.pupil = q.pupil
                                                             AND new.date = q.date AND new.session = q.session))"
        ))?
        .execute([act])?;
    Ok(())
}

/// What `act`, an import, had said otherwise of waits again.
pub fn restore_superseded(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE quarantine SET ended = NULL WHERE ended = ?1 AND answered IS NOT ?1")?
        .execute([act])?;
    Ok(())
}

/// The last act that ended one of those that `act` brought.
pub fn ended_since(connection: &Connection, act: ActId) -> rusqlite::Result<Option<ActId>> {
    connection
        .prepare_cached("SELECT max(ended) FROM quarantine WHERE act = ?1 AND withdrawn IS NULL")?
        .query_row([act], |row| row.get(0))
}
