//! Registers: each handing-in, the chases, and cover.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::register::{Chase, ChaseMethod, Taken};
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::people::pupil::GroupId;
use crate::domain::school::School;
use crate::store::columns::{date_text, instant, missing, time_or_none, time_text, unreadable};

/// From what a register was taken, as stored.
const TEACHER: &str = "teacher";
const PAPER: &str = "paper";
const IMPORT: &str = "import";

/// Record that a register was handed in.
pub fn hand_in(
    connection: &Connection,
    group: GroupId,
    at: SessionDate,
    act: ActId,
    by: &TakenBy,
) -> rusqlite::Result<()> {
    let (source, name) = match by {
        TakenBy::Teacher(name) => (TEACHER, name.as_str()),
        TakenBy::Paper(name) => (PAPER, name.as_str()),
        TakenBy::Import => (IMPORT, ""),
    };
    connection
        .prepare_cached(
            "INSERT INTO register (date, session, tutor_group, act, source, taken_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![date_text(at.date), at.session, group, act, source, name])?;
    Ok(())
}

/// Who took a register, in two columns: from what, and the name.
fn taken_by(row: &Row<'_>, column: usize) -> rusqlite::Result<TakenBy> {
    let (source, name): (String, String) = (row.get(column)?, row.get(column + 1)?);
    match source.as_str() {
        TEACHER => Ok(TakenBy::Teacher(name)),
        PAPER => Ok(TakenBy::Paper(name)),
        IMPORT => Ok(TakenBy::Import),
        other => Err(unreadable(column, other)),
    }
}

/// Handings-in of `date` that stand, oldest first.
pub fn taken_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(GroupId, Session, Taken)>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.tutor_group, r.session, r.act, a.instant, r.source, r.taken_by
         FROM register r JOIN act a ON a.id = r.act
         WHERE r.date = ?1 AND r.withdrawn IS NULL ORDER BY r.act",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            let at = school.local(instant(row, 3)?);
            Ok((row.get(0)?, row.get(1)?, Taken { act: row.get(2)?, at, by: taken_by(row, 4)? }))
        })?
        .collect()
}

/// Whether `act` handed in a register of the session that stands.
pub fn is_handed_in(connection: &Connection, at: SessionDate, act: ActId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM register WHERE act = ?1 AND date = ?2 AND session = ?3 AND withdrawn IS NULL)",
        )?
        .query_row(params![act, date_text(at.date), at.session], |row| row.get(0))
}

/// Record a chase.
pub fn chase(
    connection: &Connection,
    act: ActId,
    group: GroupId,
    at: SessionDate,
    method: ChaseMethod,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO chase (act, date, session, tutor_group, method) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![act, date_text(at.date), at.session, group, method])?;
    Ok(())
}

/// Chases of `date` that stand, oldest first.
pub fn chases_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(GroupId, Session, Chase)>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.tutor_group, c.session, c.act, c.method, a.instant, a.signed FROM chase c JOIN act a ON a.id = c.act
         WHERE c.date = ?1 AND c.withdrawn IS NULL ORDER BY c.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            let chase =
                Chase { act: row.get(2)?, method: row.get(3)?, at: school.local(instant(row, 4)?), who: row.get(5)? };
            Ok((row.get(0)?, row.get(1)?, chase))
        })?
        .collect()
}

/// Who covers which register of `date`, and where: (group, session, teacher, room).
pub type Cover = (GroupId, Session, Option<String>, Option<String>);

/// Cover of `date`, oldest first: of two for one register the newer counts.
pub fn cover_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Cover>> {
    let mut statement = connection.prepare_cached(
        "SELECT tutor_group, session, teacher, room FROM covering WHERE date = ?1 AND withdrawn IS NULL ORDER BY id",
    )?;
    statement.query_map([date_text(date)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
}

/// Record who covers a register, and where; the act is `None` for what is known before the day.
pub fn put_cover(
    connection: &Connection,
    act: Option<ActId>,
    group: GroupId,
    at: SessionDate,
    teacher: Option<&str>,
    room: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO covering (act, date, session, tutor_group, teacher, room) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![act, date_text(at.date), at.session, group, teacher, room])?;
    Ok(())
}

/// Record that a register is not to be chased before a time.
pub fn snooze(
    connection: &Connection,
    act: ActId,
    group: GroupId,
    at: SessionDate,
    until: NaiveTime,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO snooze (act, date, session, tutor_group, until) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![act, date_text(at.date), at.session, group, time_text(until)])?;
    Ok(())
}

/// Registers of `date` not to be chased before a time, oldest first: of two for one register the newer counts.
pub fn snoozed_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<(GroupId, Session, NaiveTime)>> {
    let mut statement = connection.prepare_cached(
        "SELECT tutor_group, session, until FROM snooze WHERE date = ?1 AND withdrawn IS NULL ORDER BY id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok((row.get(0)?, row.get(1)?, time_or_none(row, 2)?.ok_or_else(|| missing(2))?))
        })?
        .collect()
}

/// In how many sessions from `from` until the day before `date` each register had to be chased.
pub fn chased_between(
    connection: &Connection,
    from: NaiveDate,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(GroupId, usize)>> {
    let mut statement = connection.prepare_cached(
        "SELECT tutor_group, count(DISTINCT date || session) FROM chase
         WHERE date >= ?1 AND date < ?2 AND withdrawn IS NULL GROUP BY tutor_group",
    )?;
    statement
        .query_map([date_text(from), date_text(date)], |row| {
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or_default()))
        })?
        .collect()
}

/// Dates before `date` of which acts after `since` handed in a register.
pub fn dates_since(connection: &Connection, since: ActId, date: NaiveDate) -> rusqlite::Result<BTreeSet<NaiveDate>> {
    connection
        .prepare_cached("SELECT date FROM register INDEXED BY register_by_act WHERE act > ?1 AND date < ?2")?
        .query_map(params![since, date_text(date)], |row| crate::store::columns::date(row, 0))?
        .collect()
}
