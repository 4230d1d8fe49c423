//! Registers: each handing-in, the chases, and cover.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::act::ActId;
use crate::domain::pupil::GroupId;
use crate::domain::register::{Chase, ChaseMethod, Taken};
use crate::domain::school::School;
use crate::domain::session::{Session, SessionDate};

use super::columns::{date_text, instant, session, word};

/// Record that a register was handed in.
pub fn hand_in(connection: &Connection, group: GroupId, at: SessionDate, act: ActId, by: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO register (date, session, tutor_group, act, taken_by) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![date_text(at.date), at.session.as_str(), group.0, act.0, by])?;
    Ok(())
}

/// Handings-in of `date` that stand, oldest first.
pub fn taken_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(GroupId, Session, Taken)>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.tutor_group, r.session, r.act, a.instant, r.taken_by FROM register r JOIN act a ON a.id = r.act
         WHERE r.date = ?1 AND r.withdrawn IS NULL ORDER BY r.act",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            let at = school.local(instant(row, 3)?);
            Ok((GroupId(row.get(0)?), session(row, 1)?, Taken { act: ActId(row.get(2)?), at, who: row.get(4)? }))
        })?
        .collect()
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
        .execute(params![act.0, date_text(at.date), at.session.as_str(), group.0, method.as_str()])?;
    Ok(())
}

/// Chases of `date` that stand, oldest first.
pub fn chases_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(GroupId, Session, Chase)>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.tutor_group, c.session, c.act, c.method, a.instant, a.who FROM chase c JOIN act a ON a.id = c.act
         WHERE c.date = ?1 AND c.withdrawn IS NULL ORDER BY c.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            let chase = Chase {
                act: ActId(row.get(2)?),
                method: word(row, 3, ChaseMethod::parse)?,
                at: school.local(instant(row, 4)?),
                who: row.get(5)?,
            };
            Ok((GroupId(row.get(0)?), session(row, 1)?, chase))
        })?
        .collect()
}

/// Who covers which register of `date`, and where: (group, session, teacher, room).
pub type Cover = (GroupId, Session, Option<String>, Option<String>);

/// Cover of `date`.
pub fn cover_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Cover>> {
    let mut statement =
        connection.prepare_cached("SELECT tutor_group, session, teacher, room FROM cover WHERE date = ?1")?;
    statement
        .query_map([date_text(date)], |row| Ok((GroupId(row.get(0)?), session(row, 1)?, row.get(2)?, row.get(3)?)))?
        .collect()
}

/// Record who covers a register, and where; a second time replaces the first.
pub fn put_cover(
    connection: &Connection,
    group: GroupId,
    at: SessionDate,
    teacher: Option<&str>,
    room: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO cover (date, session, tutor_group, teacher, room) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET teacher = excluded.teacher, room = excluded.room",
        )?
        .execute(params![date_text(at.date), at.session.as_str(), group.0, teacher, room])?;
    Ok(())
}

/// Withdraw the handing-in or chase that `act` recorded.
pub fn withdraw(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    for table in ["register", "chase"] {
        connection
            .prepare_cached(&format!("UPDATE {table} SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL"))?
            .execute([act.0, by.0])?;
    }
    Ok(())
}

/// Let stand again what `act` recorded and `by` withdrew.
pub fn restore(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    for table in ["register", "chase"] {
        connection
            .prepare_cached(&format!("UPDATE {table} SET withdrawn = NULL WHERE act = ?1 AND withdrawn = ?2"))?
            .execute([act.0, by.0])?;
    }
    Ok(())
}
