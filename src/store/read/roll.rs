//! The roll: read whole, and only when its revision has moved.

use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::calendar::timetable::Former;
use crate::domain::calendar::{Calendar, ClosedDay, EarlyEnd, OtherTimes, Term};
use crate::domain::code::CodeTable;
use crate::domain::people::contact::Contact;
use crate::domain::people::details::{Address, LegalName};
use crate::domain::people::phone::Phone;
use crate::domain::people::pupil::{Flag, Flags, Pupil, Staff, TutorGroup};
use crate::domain::school::School;
use crate::domain::school::corrected::{People, correct};
use crate::domain::school::roll::Roll;
use crate::domain::toml_document;
use crate::store::columns::{date, date_or_none, date_text, lines, time};
use crate::store::tables::{arrangement, bar, correction};

/// Write the school's settings, and the times that held before theirs. Moves the roll's revision.
pub fn write_school(connection: &Connection, school: &School) -> rusqlite::Result<()> {
    let settings = text(school)?;
    connection.execute(
        "INSERT INTO school (one, settings) VALUES (1, ?1)
         ON CONFLICT DO UPDATE SET settings = excluded.settings, roll_revision = roll_revision + 1",
        [settings],
    )?;
    // Only what was to come and has not is ever taken off.
    connection.execute("DELETE FROM timetable", [])?;
    for former in &school.former {
        connection
            .prepare_cached("INSERT INTO timetable (last_day, times) VALUES (?1, ?2)")?
            .execute([date_text(former.until), text(&former.times)?])?;
    }
    Ok(())
}

/// Something of the settings as it is stored: a document.
pub fn text(of: &impl Serialize) -> rusqlite::Result<String> {
    toml::to_string(of).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Note that a table of the roll has changed.
pub fn moved(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("UPDATE school SET roll_revision = roll_revision + 1", [])?;
    Ok(())
}

/// The revision of the roll, and of whatever was read with it: it moves as well when an import has ended that came in parts.
pub fn revision(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT roll_revision + (SELECT ended FROM arriving) FROM school")?
        .query_row([], |row| row.get(0))
}

/// The roll as of `on`, if its revision is not `known`.
pub fn newer(
    connection: &Connection,
    known: i64,
    codes: &Arc<CodeTable>,
    on: NaiveDate,
) -> rusqlite::Result<Option<(Roll, i64)>> {
    if revision(connection)? == known { Ok(None) } else { load(connection, codes.clone(), on).map(Some) }
}

/// The roll as of the school-local date `on`, and its revision.
pub fn load(connection: &Connection, codes: Arc<CodeTable>, on: NaiveDate) -> rusqlite::Result<(Roll, i64)> {
    let school = school(connection)?;
    let arrangements = arrangement::standing(connection, &school)?;
    let (mut pupils, groups, mut contacts) = (pupils(connection)?, groups(connection)?, contacts(connection)?);
    let people = People { pupils: &mut pupils, groups: &groups, contacts: &mut contacts };
    let corrections = correct(people, correction::standing(connection, &school)?, on);
    let (calendar, staff) = (calendar(connection)?, staff(connection)?);
    let roll = Roll::new(school, codes, calendar, pupils, groups, staff, contacts)
        .with_corrections(corrections)
        .with_bars(bar::standing(connection)?)
        .with_arrangements(arrangements);
    Ok((roll, revision(connection)?))
}

/// The school's settings, and the times that held before theirs.
pub fn school(connection: &Connection) -> rusqlite::Result<School> {
    let school: School = connection.query_row("SELECT settings FROM school", [], |row| document(row, 0))?;
    Ok(School { former: former(connection)?, ..school })
}

fn document<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    toml_document::read(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into()))
}

fn former(connection: &Connection) -> rusqlite::Result<Vec<Former>> {
    let mut statement = connection.prepare("SELECT last_day, times FROM timetable ORDER BY last_day")?;
    statement.query_map([], |row| Ok(Former { until: date(row, 0)?, times: document(row, 1)? }))?.collect()
}

/// Terms, closed days, and days whose times are not the usual ones.
pub fn calendar(connection: &Connection) -> rusqlite::Result<Calendar> {
    Ok(Calendar {
        terms: terms(connection)?,
        closed: closed_days(connection)?,
        early: early_ends(connection)?,
        other_times: other_times(connection)?,
    })
}

fn early_ends(connection: &Connection) -> rusqlite::Result<Vec<EarlyEnd>> {
    let mut statement = connection.prepare("SELECT date, at, name FROM early_end ORDER BY date")?;
    statement.query_map([], |row| Ok(EarlyEnd { date: date(row, 0)?, at: time(row, 1)?, name: row.get(2)? }))?.collect()
}

fn other_times(connection: &Connection) -> rusqlite::Result<Vec<OtherTimes>> {
    let mut statement =
        connection.prepare("SELECT name, first_day, last_day, times FROM other_times ORDER BY first_day")?;
    statement
        .query_map([], |row| {
            Ok(OtherTimes { name: row.get(0)?, from: date(row, 1)?, until: date(row, 2)?, times: document(row, 3)? })
        })?
        .collect()
}

fn terms(connection: &Connection) -> rusqlite::Result<Vec<Term>> {
    let mut statement = connection.prepare("SELECT name, first_day, last_day FROM term ORDER BY first_day")?;
    statement.query_map([], |row| Ok(Term { name: row.get(0)?, from: date(row, 1)?, until: date(row, 2)? }))?.collect()
}

fn closed_days(connection: &Connection) -> rusqlite::Result<Vec<ClosedDay>> {
    let mut statement = connection.prepare("SELECT date, kind, name FROM closed_day ORDER BY date")?;
    statement
        .query_map([], |row| Ok(ClosedDay { date: date(row, 0)?, kind: row.get(1)?, name: row.get(2)? }))?
        .collect()
}

fn pupils(connection: &Connection) -> rusqlite::Result<Vec<Pupil>> {
    let mut statement = connection.prepare(
        "SELECT id, admission_no, upn, surname, forename, year, tutor_group, household, flags, first_day, last_day,
                preferred_surname, preferred_forename, date_of_birth, sex, house, language, address, postcode FROM pupil",
    )?;
    statement
        .query_map(params![], |row| {
            let legal = LegalName { surname: row.get(3)?, forename: row.get(4)? };
            let surname = row.get::<_, Option<String>>(11)?.unwrap_or_else(|| legal.surname.clone());
            let forename = row.get::<_, Option<String>>(12)?.unwrap_or_else(|| legal.forename.clone());
            let is_another = surname != legal.surname || forename != legal.forename;
            let flags: Flags = row.get_ref(8)?.as_str()?.split_whitespace().filter_map(Flag::parse).collect();
            Ok(Pupil {
                id: row.get(0)?,
                admission_no: row.get(1)?,
                upn: row.get(2)?,
                folded: Pupil::fold_of(&surname, &forename),
                surname,
                forename,
                legal: is_another.then(|| Box::new(legal)),
                year: row.get(5)?,
                group: row.get(6)?,
                household: row.get(7)?,
                flags,
                date_of_birth: date_or_none(row, 13)?,
                sex: row.get(14)?,
                house: row.get(15)?,
                language: row.get(16)?,
                address: Address::of(lines(row, 17)?, row.get(18)?).map(Box::new),
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
                id: row.get(0)?,
                name: row.get(1)?,
                year: row.get(2)?,
                tutor: row.get(3)?,
                room: row.get(4)?,
            })
        })?
        .collect()
}

fn staff(connection: &Connection) -> rusqlite::Result<Vec<Staff>> {
    let mut statement = connection.prepare("SELECT id, name, post FROM staff")?;
    statement.query_map([], |row| Ok(Staff { id: row.get(0)?, name: row.get(1)?, post: row.get(2)? }))?.collect()
}

fn contacts(connection: &Connection) -> rusqlite::Result<Vec<Contact>> {
    let mut statement = connection.prepare(
        "SELECT id, pupil, place, name, relationship, phone, email, source_id, note, language,
                parental_responsibility, address, postcode FROM contact WHERE gone = 0",
    )?;
    statement
        .query_map([], |row| {
            Ok(Contact {
                id: row.get(0)?,
                pupil: row.get(1)?,
                order: row.get(2)?,
                name: row.get(3)?,
                relationship: row.get(4)?,
                phones: lines(row, 5)?.into_iter().map(Phone::of).collect(),
                email: row.get(6)?,
                source_id: row.get(7)?,
                bar: None,
                note: row.get(8)?,
                language: row.get(9)?,
                parental_responsibility: row.get(10)?,
                address: Address::of(lines(row, 11)?, row.get(12)?).map(Box::new),
            })
        })?
        .collect()
}
