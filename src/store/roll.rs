//! The roll: read whole, and only when its revision has moved.

use std::sync::Arc;

use rusqlite::{Connection, params};

use crate::domain::calendar::{Calendar, ClosedDay, Closure, Term};
use crate::domain::code::CodeTable;
use crate::domain::contact::{Contact, ContactId};
use crate::domain::pupil::{Flag, Flags, GroupId, HouseholdId, Pupil, PupilId, Staff, StaffId, TutorGroup};
use crate::domain::roll::Roll;
use crate::domain::school::School;

use super::columns::{date, date_or_none, word};

/// Write the school's settings. Moves the roll's revision.
pub fn write_school(connection: &Connection, school: &School) -> rusqlite::Result<()> {
    let text = toml::to_string(school).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection.execute(
        "INSERT INTO school (one, settings) VALUES (1, ?1)
         ON CONFLICT DO UPDATE SET settings = excluded.settings, roll_revision = roll_revision + 1",
        [text],
    )?;
    Ok(())
}

/// Note that a table of the roll has changed.
pub fn moved(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("UPDATE school SET roll_revision = roll_revision + 1", [])?;
    Ok(())
}

fn revision(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT roll_revision FROM school")?.query_row([], |row| row.get(0))
}

/// The roll, if its revision is not `known`.
pub fn newer(connection: &Connection, known: i64, codes: &Arc<CodeTable>) -> rusqlite::Result<Option<(Roll, i64)>> {
    if revision(connection)? == known { Ok(None) } else { load(connection, codes.clone()).map(Some) }
}

/// The roll and its revision.
pub fn load(connection: &Connection, codes: Arc<CodeTable>) -> rusqlite::Result<(Roll, i64)> {
    let roll = Roll::new(
        school(connection)?,
        codes,
        calendar(connection)?,
        pupils(connection)?,
        groups(connection)?,
        staff(connection)?,
        contacts(connection)?,
    );
    Ok((roll, revision(connection)?))
}

fn school(connection: &Connection) -> rusqlite::Result<School> {
    connection.query_row("SELECT settings FROM school", [], |row| {
        let text: String = row.get(0)?;
        toml::from_str(&text)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
    })
}

/// Terms and closed days.
pub fn calendar(connection: &Connection) -> rusqlite::Result<Calendar> {
    Ok(Calendar { terms: terms(connection)?, closed: closed_days(connection)? })
}

fn terms(connection: &Connection) -> rusqlite::Result<Vec<Term>> {
    let mut statement = connection.prepare("SELECT name, first_day, last_day FROM term ORDER BY first_day")?;
    statement.query_map([], |row| Ok(Term { name: row.get(0)?, from: date(row, 1)?, until: date(row, 2)? }))?.collect()
}

fn closed_days(connection: &Connection) -> rusqlite::Result<Vec<ClosedDay>> {
    let mut statement = connection.prepare("SELECT date, kind, name FROM closed_day ORDER BY date")?;
    statement
        .query_map([], |row| {
            Ok(ClosedDay { date: date(row, 0)?, kind: word(row, 1, Closure::parse)?, name: row.get(2)? })
        })?
        .collect()
}

fn pupils(connection: &Connection) -> rusqlite::Result<Vec<Pupil>> {
    let mut statement = connection.prepare(
        "SELECT id, admission_no, upn, surname, forename, year, tutor_group, household, flags, first_day, last_day FROM pupil",
    )?;
    statement
        .query_map(params![], |row| {
            let (surname, forename): (String, String) = (row.get(3)?, row.get(4)?);
            let flags: Flags = row.get_ref(8)?.as_str()?.split_whitespace().filter_map(Flag::parse).collect();
            Ok(Pupil {
                id: PupilId(row.get(0)?),
                admission_no: row.get(1)?,
                upn: row.get(2)?,
                folded: Pupil::fold_of(&surname, &forename),
                surname,
                forename,
                year: row.get(5)?,
                group: row.get::<_, Option<i64>>(6)?.map(GroupId),
                household: row.get::<_, Option<i64>>(7)?.map(HouseholdId),
                flags,
                from: date(row, 9)?,
                until: date_or_none(row, 10)?,
            })
        })?
        .collect()
}

fn groups(connection: &Connection) -> rusqlite::Result<Vec<TutorGroup>> {
    let mut statement = connection.prepare("SELECT id, name, year, tutor, room FROM tutor_group")?;
    statement
        .query_map([], |row| {
            Ok(TutorGroup {
                id: GroupId(row.get(0)?),
                name: row.get(1)?,
                year: row.get(2)?,
                tutor: row.get::<_, Option<i64>>(3)?.map(StaffId),
                room: row.get(4)?,
            })
        })?
        .collect()
}

fn staff(connection: &Connection) -> rusqlite::Result<Vec<Staff>> {
    let mut statement = connection.prepare("SELECT id, name, post FROM staff")?;
    statement
        .query_map([], |row| Ok(Staff { id: StaffId(row.get(0)?), name: row.get(1)?, post: row.get(2)? }))?
        .collect()
}

fn contacts(connection: &Connection) -> rusqlite::Result<Vec<Contact>> {
    let mut statement = connection.prepare(
        "SELECT id, pupil, place, name, relationship, phone, email, do_not_contact, note FROM contact WHERE gone = 0",
    )?;
    statement
        .query_map([], |row| {
            Ok(Contact {
                id: ContactId(row.get(0)?),
                pupil: PupilId(row.get(1)?),
                order: row.get(2)?,
                name: row.get(3)?,
                relationship: row.get(4)?,
                phone: row.get(5)?,
                email: row.get(6)?,
                do_not_contact: row.get(7)?,
                note: row.get(8)?,
            })
        })?
        .collect()
}
