//! The import whose marks come in many changes, while it does: which it is, and how the marks stood that it changes.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::columns::{date, date_text, session_date};

/// The import under way, or one that was not brought to its end.
#[derive(Clone, Copy)]
pub struct Arriving {
    /// Its number.
    pub act: ActId,
    /// The last amendment before it.
    pub amendment: i64,
}

/// A mark that it brought or changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Brought {
    /// Which session.
    pub at: SessionDate,
    /// Whose.
    pub pupil: PupilId,
}

/// `act` is under way from now on.
pub fn begin(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE arriving SET act = ?1, amendment = (SELECT coalesce(max(id), 0) FROM amendment)")?
        .execute([act])?;
    Ok(())
}

/// The import under way, if there is one.
pub fn standing(connection: &Connection) -> rusqlite::Result<Option<Arriving>> {
    connection
        .prepare_cached("SELECT act, amendment FROM arriving WHERE act IS NOT NULL")?
        .query_row([], |row| Ok(Arriving { act: row.get(0)?, amendment: row.get(1)? }))
        .optional()
}

/// It is under way no more. What desks keep of the past was read while a part of it had come: the roll's revision moves.
pub fn end(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE arriving SET act = NULL, amendment = 0, ended = ended + 1")?.execute([])?;
    Ok(())
}

/// From here on this connection keeps how a mark stood before `act` first changes it.
pub fn keep_before(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "CREATE TEMP TRIGGER IF NOT EXISTS keep_mark BEFORE UPDATE ON main.mark
         WHEN old.act <> {0} AND old.taken IS NOT {0} BEGIN
           INSERT OR IGNORE INTO mark_before (date, session, pupil, tutor, tutor_minutes, taken, code, minutes, act)
           VALUES (old.date, old.session, old.pupil, old.tutor, old.tutor_minutes, old.taken, old.code, old.minutes, old.act);
         END",
        act.0
    ))
}

/// Keep nothing more.
pub fn keep_no_more(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("DROP TRIGGER IF EXISTS temp.keep_mark")
}

/// Forget up to `count` marks as they stood before.
pub fn forget_before(connection: &Connection, count: usize) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM mark_before WHERE (date, session, pupil) IN (SELECT date, session, pupil FROM mark_before LIMIT ?1)",
        )?
        .execute([i64::try_from(count).unwrap_or(i64::MAX)])?;
    Ok(())
}

/// Whether there are marks as they stood before.
pub fn has_before(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM mark_before)")?.query_row([], |row| row.get(0))
}

/// Every mark that `act` brought or changed, in order.
pub fn marks(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<Brought>> {
    connection
        .prepare_cached(
            "SELECT date, session, pupil FROM mark
             WHERE date >= (SELECT coalesce(about, '') FROM act WHERE id = ?1) AND (taken = ?1 OR act = ?1)",
        )?
        .query_map([act], |row| Ok(Brought { at: session_date(row, 0)?, pupil: row.get(2)? }))?
        .collect()
}

/// Whether a later act than `act` has changed a mark of the pupil's date.
pub fn is_changed_since(connection: &Connection, act: ActId, one: &Brought) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM mark WHERE date = ?1 AND session IN ('AM', 'PM') AND pupil = ?2
                                                AND (act > ?3 OR taken > ?3))",
        )?
        .query_row(params![date_text(one.at.date), one.pupil, act], |row| row.get(0))
}

/// Put a mark back as it stood before; where there was none it goes.
pub fn put_back(connection: &Connection, one: &Brought, has_before: bool) -> rusqlite::Result<()> {
    let key = params![date_text(one.at.date), one.at.session, one.pupil];
    if has_before {
        let put = connection
            .prepare_cached(
                "INSERT OR REPLACE INTO mark (date, session, pupil, tutor, tutor_minutes, taken, code, minutes, act)
                 SELECT date, session, pupil, tutor, tutor_minutes, taken, code, minutes, act FROM mark_before
                 WHERE date = ?1 AND session = ?2 AND pupil = ?3",
            )?
            .execute(key)?;
        if put > 0 {
            return Ok(());
        }
    }
    connection.prepare_cached("DELETE FROM mark WHERE date = ?1 AND session = ?2 AND pupil = ?3")?.execute(key)?;
    Ok(())
}

/// The tutors' marks that `act` displaced: the number of each, whose and when.
pub fn displaced(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<(i64, PupilId, NaiveDate)>> {
    rows(connection, "SELECT id, pupil, first_day FROM evidence WHERE withdrawn = ?1 AND kind = 'tutor'", [act.0, 0])
}

/// The amendments of the import: the number of each, whose and when.
pub fn amendments(connection: &Connection, of: Arriving) -> rusqlite::Result<Vec<(i64, PupilId, NaiveDate)>> {
    let question = "SELECT id, pupil, date FROM amendment NOT INDEXED WHERE id > ?2 AND act = ?1";
    rows(connection, question, [of.act.0, of.amendment])
}

fn rows(
    connection: &Connection,
    question: &'static str,
    about: [i64; 2],
) -> rusqlite::Result<Vec<(i64, PupilId, NaiveDate)>> {
    let mut statement = connection.prepare_cached(question)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, date(row, 2)?));
    let about = about.get(..statement.parameter_count()).unwrap_or_default();
    statement.query_map(rusqlite::params_from_iter(about), read)?.collect()
}

/// Remove displaced tutors' marks, or amendments, by their numbers.
pub fn remove(connection: &Connection, table: &'static str, rows: &[i64]) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?;
    rows.iter().try_for_each(|row| delete.execute([row]).map(|_| ()))
}

/// The registers that the import handed in.
pub fn registers(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<(NaiveDate, Session, GroupId)>> {
    connection
        .prepare_cached("SELECT date, session, tutor_group FROM register WHERE act = ?1")?
        .query_map([act], |row| Ok((date(row, 0)?, row.get(1)?, row.get(2)?)))?
        .collect()
}

/// Remove registers that it handed in.
pub fn remove_registers(
    connection: &Connection,
    act: ActId,
    registers: &[(NaiveDate, Session, GroupId)],
) -> rusqlite::Result<()> {
    let mut delete = connection
        .prepare_cached("DELETE FROM register WHERE date = ?1 AND session = ?2 AND tutor_group = ?3 AND act = ?4")?;
    registers.iter().try_for_each(|(date, session, group)| {
        delete.execute(params![date_text(*date), session, group, act]).map(|_| ())
    })
}
