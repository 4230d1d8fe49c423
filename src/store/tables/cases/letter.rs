//! Letters as they were made, and what became of them.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::event::Party;
use crate::domain::cases::held::Held;
use crate::domain::cases::letters::{Delivery, Letter, Paper};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, time_or_none, time_text};

/// Keep a letter.
pub fn add(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    letter: &Letter,
    paper: &Paper,
) -> rusqlite::Result<()> {
    let figures = serde_json::to_string(&paper.figures)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    connection
        .prepare_cached(
            "INSERT INTO letter (act, pupil, template, sha256, date, first_day, last_day, contact, name, language,
                                 heading, address, words, figures)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            act,
            pupil,
            letter.template,
            letter.sha256,
            date_text(letter.on),
            date_text(letter.from),
            date_text(letter.to),
            letter.parent.contact,
            letter.parent.name,
            letter.language,
            paper.heading.join("\n"),
            paper.address.join("\n"),
            paper.text,
            figures
        ])?;
    Ok(())
}

/// Letters of one pupil, or of all, without what stands on them.
pub fn of(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Letter>)>> {
    let columns = "t.template, t.sha256, t.date, t.first_day, t.last_day, t.contact, t.name, t.language";
    rows::all(connection, school, ("letter", columns), pupil, |row| {
        Ok(Letter {
            template: row.get(FIRST)?,
            sha256: row.get(FIRST + 1)?,
            on: date(row, FIRST + 2)?,
            from: date(row, FIRST + 3)?,
            to: date(row, FIRST + 4)?,
            parent: Party { contact: row.get(FIRST + 5)?, name: row.get(FIRST + 6)? },
            language: row.get(FIRST + 7)?,
        })
    })
}

/// About whom a letter that stands is.
pub fn about(connection: &Connection, act: ActId) -> rusqlite::Result<Option<PupilId>> {
    connection
        .prepare_cached("SELECT pupil FROM letter WHERE act = ?1 AND withdrawn IS NULL")?
        .query_row([act], |row| row.get(0))
        .optional()
}

/// What stands on a letter.
pub fn paper(connection: &Connection, act: ActId) -> rusqlite::Result<Option<Paper>> {
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    connection
        .prepare_cached("SELECT heading, address, words, figures FROM letter WHERE act = ?1")?
        .query_row([act], |row| {
            let figures: String = row.get(3)?;
            let wrong = |error| rusqlite::Error::FromSqlConversionFailure(3, Type::Text, Box::new(error));
            Ok(Paper {
                heading: lines(row.get(0)?),
                address: lines(row.get(1)?),
                text: row.get(2)?,
                figures: serde_json::from_str(&figures).map_err(wrong)?,
            })
        })
        .optional()
}

/// Put down what became of a letter.
pub fn deliver(connection: &Connection, act: ActId, pupil: PupilId, one: &Delivery) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO letter_delivery (act, letter, pupil, outcome, date, time, who, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            act,
            one.letter,
            pupil,
            one.outcome,
            date_text(one.on),
            one.time.map(time_text),
            one.who,
            one.words
        ])?;
    Ok(())
}

/// What became of letters of one pupil, or of all.
pub fn deliveries(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Delivery>)>> {
    let columns = "t.letter, t.outcome, t.date, t.time, t.who, t.words";
    rows::all(connection, school, ("letter_delivery", columns), pupil, |row| {
        Ok(Delivery {
            letter: row.get(FIRST)?,
            outcome: row.get(FIRST + 1)?,
            on: date(row, FIRST + 2)?,
            time: time_or_none(row, FIRST + 3)?,
            who: row.get(FIRST + 4)?,
            words: row.get(FIRST + 5)?,
        })
    })
}
