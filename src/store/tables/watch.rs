//! The watch list.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::act_id::ActId;
use crate::domain::facts::watched::Watched;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date_or_none, date_text, instant};

/// Put a pupil on the list.
pub fn add(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    reason: &str,
    until: Option<NaiveDate>,
    (owner, review): (Option<&str>, Option<NaiveDate>),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO watched (act, pupil, reason, until, owner, review) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![act, pupil, reason, until.map(date_text), owner, review.map(date_text)])?;
    Ok(())
}

/// The watch list of `date`.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<Watched>> {
    let mut statement = connection.prepare_cached(
        "SELECT w.act, w.pupil, w.reason, w.until, a.signed, a.instant, coalesce(w.owner, a.who), w.review FROM watched w INDEXED BY watched_standing JOIN act a ON a.id = w.act
         WHERE w.withdrawn IS NULL AND (w.until IS NULL OR w.until >= ?1)",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(Watched {
                act: row.get(0)?,
                pupil: row.get(1)?,
                reason: row.get(2)?,
                until: date_or_none(row, 3)?,
                owner: row.get(6)?,
                review: date_or_none(row, 7)?,
                who: row.get(4)?,
                at: school.local(instant(row, 5)?),
            })
        })?
        .collect()
}

/// Take the pupil off the list: `by` withdraws whatever stands. Answers how many entries stood.
pub fn drop_pupil(connection: &Connection, pupil: PupilId, by: ActId) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE watched SET withdrawn = ?2 WHERE pupil = ?1 AND withdrawn IS NULL")?
        .execute((pupil, by))
}

/// Withdraw what `act` put there. Answers how many entries stood.
pub fn withdraw(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE watched SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL")?
        .execute((act, by))
}

/// Let stand again what `by` withdrew.
pub fn restore(connection: &Connection, by: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE watched SET withdrawn = NULL WHERE withdrawn = ?1")?.execute([by])?;
    Ok(())
}
