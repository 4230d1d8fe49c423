//! Marks handed back to the system that they come from: what differs from what it was told, what was handed back, and what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::text;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::handback::{Answer, AnswerKind, Form, HandbackId};
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date_text, instant, mark_or_none, session_date};

/// Acts by which marks came from paper: no other register is our own.
const PAPER: &str = "(SELECT act FROM register WHERE source = 'paper')";

/// Imports whose marks the school's own system did not tell.
const OF_OTHERS: &str = "(SELECT act FROM import_source WHERE of_mis = 0)";

/// The marks that waited for a code, `q`, with each act that has said since what they mean, `said`: the one that released them, and later
/// ones that said otherwise.
const RELEASED: &str = "quarantine q JOIN mark_meaning first ON first.act = q.answered AND first.raw = q.raw
                        JOIN mark_meaning said ON said.raw = q.raw AND said.act >= first.act";

/// The acts that released marks of imports of others, in SQL that goes on with more conditions on `q`.
fn released_of_others() -> String {
    format!("SELECT said.act FROM {RELEASED} JOIN import_source s ON s.act = q.act AND s.of_mis = 0 WHERE TRUE")
}

/// The act from which on a file told of the tutor's mark: where it waited for a code, the import that brought it.
fn told_by() -> String {
    format!(
        "coalesce((SELECT max(q.act) FROM {RELEASED} WHERE said.act = m.taken
                                                       AND q.pupil = m.pupil AND q.date = m.date AND q.session = m.session), m.taken)"
    )
}

/// Whether the tutor's mark is paper's or somebody else's, in SQL about the mark `m`; now and then of one that is neither.
fn covered() -> String {
    format!("m.taken IN {PAPER} OR m.taken IN {OF_OTHERS} OR m.taken IN ({})", released_of_others())
}

/// What a file of the school's own system told of a pupil-session.
#[derive(Clone, Copy, Default)]
pub struct Told {
    /// The tutor's mark, where such a file brought it, and the act that did.
    pub mark: Option<(Mark, ActId)>,
    /// Whether the tutor's mark came from paper, or from somebody else's file: what was told may lie beneath it.
    pub is_covered: bool,
}

/// [`told_by`], and whether that is paper or somebody else's file.
fn told_columns() -> String {
    let told_by = told_by();
    format!("{told_by}, coalesce(m.taken IN {PAPER} OR {told_by} IN {OF_OTHERS}, 0)")
}

impl Told {
    /// Out of the tutor's mark and [`told_columns`].
    fn read(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Told> {
        let (taken, is_covered): (Option<ActId>, bool) = (row.get(first + 2)?, row.get(first + 3)?);
        Ok(Told { mark: mark_or_none(row, first)?.zip(taken).filter(|_| !is_covered), is_covered })
    }
}

/// A mark that may not be held elsewhere as it is here.
pub struct Candidate {
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// What the record holds.
    pub now: Option<Mark>,
    /// What a file told of it.
    pub told: Told,
    /// The act that changed the mark last.
    pub act: ActId,
    /// Who signed that.
    pub by: String,
    /// Their post.
    pub post: String,
    /// When.
    pub instant: DateTime<Utc>,
    /// Why the mark changed, by the amendment record; of a session's first mark, what was said with it.
    pub reason: Option<String>,
}

/// Every mark of these dates that may not be held elsewhere as it is here.
pub fn candidates(connection: &Connection, from: NaiveDate, until: NaiveDate) -> rusqlite::Result<Vec<Candidate>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT m.pupil, m.date, m.session, m.code, m.minutes, m.tutor, m.tutor_minutes,
                {told}, m.act, a.signed, a.post, a.instant,
                coalesce((SELECT reason FROM amendment x WHERE x.pupil = m.pupil AND x.date = m.date AND x.session = m.session
                                                           AND x.act = m.act ORDER BY x.id DESC LIMIT 1),
                         (SELECT words FROM evidence e WHERE e.act = m.act AND e.pupil = m.pupil ORDER BY e.id DESC LIMIT 1))
         FROM mark m JOIN act a ON a.id = m.act
         WHERE m.date BETWEEN ?1 AND ?2
           AND (m.code IS NOT m.tutor OR m.minutes IS NOT m.tutor_minutes OR {covered}
                OR (m.pupil, m.date, m.session) IN (SELECT pupil, date, session FROM handback_answer WHERE withdrawn IS NULL)
                OR (m.pupil, m.date, m.session) IN (SELECT pupil, date, session FROM mis_mark WHERE withdrawn IS NULL))",
        told = told_columns(),
        covered = covered()
    ))?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Candidate {
            pupil: row.get(0)?,
            at: session_date(row, 1)?,
            now: mark_or_none(row, 3)?,
            told: Told::read(row, 5)?,
            act: row.get(9)?,
            by: row.get(10)?,
            post: row.get(11)?,
            instant: instant(row, 12)?,
            reason: row.get(13)?,
        })
    };
    statement.query_map(params![date_text(from), date_text(until)], read)?.collect()
}

/// What a file told of a pupil-session, as it stands.
pub fn told(connection: &Connection, pupil: PupilId, at: SessionDate) -> rusqlite::Result<Told> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT m.tutor, m.tutor_minutes, {told} FROM mark m WHERE m.pupil = ?1 AND m.date = ?2 AND m.session = ?3",
            told = told_columns()
        ))?
        .query_row(params![pupil, date_text(at.date), at.session], |row| Told::read(row, 0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// The tutors' marks that files of the school's own system told of a pupil-session and others took the place of, each with the act that
/// had brought it: the newest first.
pub fn displaced(connection: &Connection, pupil: PupilId, at: SessionDate) -> rusqlite::Result<Vec<(Mark, ActId)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT code, minutes, act FROM evidence
         WHERE pupil = ?1 AND last_day = ?2 AND first_day = ?2 AND first_session = ?3 AND kind = 'tutor' AND act NOT IN {PAPER}
           AND act NOT IN {OF_OTHERS}
           AND act NOT IN ({released} AND q.pupil = ?1 AND q.date = ?2 AND q.session = ?3)
         ORDER BY act DESC, id DESC",
        released = released_of_others()
    ))?;
    let rows = statement.query_map(params![pupil, date_text(at.date), at.session], |row| {
        let act: ActId = row.get(2)?;
        Ok(mark_or_none(row, 0)?.map(|mark| (mark, act)))
    })?;
    rows.filter_map(Result::transpose).collect()
}

/// Whose and which session, and the mark that was told with the act that brought it.
pub type ToldBeside = (PupilId, SessionDate, (Mark, ActId));

/// What was told beside the tutors' marks of these dates, and stands, oldest first.
pub fn told_beside(connection: &Connection, from: NaiveDate, until: NaiveDate) -> rusqlite::Result<Vec<ToldBeside>> {
    let mut statement = connection.prepare_cached(
        "SELECT pupil, date, session, code, minutes, act FROM mis_mark
         WHERE withdrawn IS NULL AND date BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let (pupil, at, act) = (row.get(0)?, session_date(row, 1)?, row.get(5)?);
        Ok(mark_or_none(row, 3)?.map(|mark| (pupil, at, (mark, act))))
    };
    let rows = statement.query_map(params![date_text(from), date_text(until)], read)?;
    rows.filter_map(Result::transpose).collect()
}

/// Put down what was told beside the tutor's mark.
pub fn tell(connection: &Connection, act: ActId, pupil: PupilId, at: SessionDate, mark: Mark) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO mis_mark (act, pupil, date, session, code, minutes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![act, pupil, date_text(at.date), at.session, mark.code.as_str(), mark.minutes])?;
    Ok(())
}

/// The tutors' marks of these dates that the school's own system may not be known to hold, but for those that `act` brought; each with
/// what a file told.
pub fn unsure(
    connection: &Connection,
    from: NaiveDate,
    until: NaiveDate,
    act: ActId,
) -> rusqlite::Result<Vec<(PupilId, SessionDate, Mark, Told)>> {
    // Most files are about days of which all is known: no mark of them is looked at.
    let may_be = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM handback_answer WHERE withdrawn IS NULL AND date BETWEEN ?1 AND ?2)
                 OR EXISTS (SELECT 1 FROM register WHERE source = 'paper' AND date BETWEEN ?1 AND ?2)
                 OR EXISTS (SELECT 1 FROM import_source WHERE of_mis = 0)",
        )?
        .query_row(params![date_text(from), date_text(until)], |row| row.get::<_, bool>(0))?;
    if !may_be {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT m.pupil, m.date, m.session, m.tutor, m.tutor_minutes, {told} FROM mark m
         WHERE m.date BETWEEN ?1 AND ?2 AND m.tutor IS NOT NULL AND m.taken <> ?3
           AND ({covered}
                OR (m.pupil, m.date, m.session) IN (SELECT pupil, date, session FROM handback_answer WHERE withdrawn IS NULL))",
        told = told_columns(),
        covered = covered()
    ))?;
    let read = |row: &rusqlite::Row<'_>| {
        let (pupil, at, told) = (row.get(0)?, session_date(row, 1)?, Told::read(row, 3)?);
        Ok(mark_or_none(row, 3)?.map(|mark| (pupil, at, mark, told)))
    };
    let rows = statement.query_map(params![date_text(from), date_text(until), act], read)?;
    rows.filter_map(Result::transpose).collect()
}

/// The answers that stand about these dates, oldest first.
pub fn answers(
    connection: &Connection,
    from: NaiveDate,
    until: NaiveDate,
) -> rusqlite::Result<Vec<(PupilId, SessionDate, Answer)>> {
    let mut statement = connection.prepare_cached(
        "SELECT pupil, date, session, act, handback, code, minutes, answer, words FROM handback_answer
         WHERE withdrawn IS NULL AND date BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let answer = Answer {
            act: row.get(3)?,
            handback: row.get(4)?,
            mark: mark_or_none(row, 5)?,
            kind: row.get(7)?,
            words: row.get(8)?,
        };
        Ok((row.get(0)?, session_date(row, 1)?, answer))
    };
    statement.query_map(params![date_text(from), date_text(until)], read)?.collect()
}

/// The number of the next hand-back.
pub fn next(connection: &Connection) -> rusqlite::Result<HandbackId> {
    connection.prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM handback")?.query_row([], |row| row.get(0))
}

/// The newest hand-back.
pub fn newest(connection: &Connection) -> rusqlite::Result<Option<HandbackId>> {
    connection.prepare_cached("SELECT max(number) FROM handback")?.query_row([], |row| row.get(0))
}

/// A hand-back as it was made.
pub struct Made {
    /// Its number.
    pub number: HandbackId,
    /// The act that it is journalled as.
    pub act: ActId,
    /// In what form.
    pub form: Form,
    /// Whose columns it has.
    pub profile: Option<String>,
    /// By whom.
    pub by: String,
    /// When.
    pub instant: DateTime<Utc>,
}

/// Every hand-back, oldest first; one of them where a number is given.
pub fn made(connection: &Connection, number: Option<HandbackId>) -> rusqlite::Result<Vec<Made>> {
    let mut statement = connection.prepare_cached(
        "SELECT h.number, h.act, h.form, h.profile, a.signed, a.instant FROM handback h JOIN act a ON a.id = h.act
         WHERE ?1 IS NULL OR h.number = ?1 ORDER BY h.number",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let (number, act, form) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Made { number, act, form, profile: row.get(3)?, by: row.get(4)?, instant: instant(row, 5)? })
    };
    statement.query_map([number], read)?.collect()
}

/// Put a hand-back down.
pub fn add(
    connection: &Connection,
    number: HandbackId,
    act: ActId,
    form: Form,
    profile: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO handback (number, act, form, profile) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![number, act, form, profile])?;
    Ok(())
}

/// A row of a hand-back.
pub struct Row {
    /// Its place, from 1.
    pub place: i64,
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// What the other system held.
    pub was: Option<Mark>,
    /// What the record held.
    pub now: Option<Mark>,
    /// Why it changed.
    pub words: String,
    /// The act that changed it.
    pub changed: ActId,
    /// Who signed that.
    pub by: String,
    /// Their post.
    pub post: String,
    /// When.
    pub instant: DateTime<Utc>,
}

/// The rows of a hand-back, in order.
pub fn rows(connection: &Connection, number: HandbackId) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(
        "SELECT h.place, h.pupil, h.date, h.session, h.was, h.was_minutes, h.now, h.now_minutes, h.words, h.changed,
                a.signed, a.post, a.instant
         FROM handback_mark h JOIN act a ON a.id = h.changed WHERE h.handback = ?1 ORDER BY h.place",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Row {
            place: row.get(0)?,
            pupil: row.get(1)?,
            at: session_date(row, 2)?,
            was: mark_or_none(row, 4)?,
            now: mark_or_none(row, 6)?,
            words: row.get(8)?,
            changed: row.get(9)?,
            by: row.get(10)?,
            post: row.get(11)?,
            instant: instant(row, 12)?,
        })
    };
    statement.query_map([number], read)?.collect()
}

/// A row to be put down.
pub struct New<'a> {
    /// Its place, from 1.
    pub place: i64,
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// What the other system holds.
    pub was: Option<Mark>,
    /// What the record holds.
    pub now: Option<Mark>,
    /// Why it changed.
    pub words: &'a str,
    /// The act that changed it.
    pub changed: ActId,
}

/// Put down a row of a hand-back.
pub fn add_row(connection: &Connection, number: HandbackId, new: &New<'_>) -> rusqlite::Result<()> {
    let minutes = |mark: Option<Mark>| mark.and_then(|mark| mark.minutes);
    connection
        .prepare_cached(
            "INSERT INTO handback_mark (handback, place, pupil, date, session, was, was_minutes, now, now_minutes, words, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            number,
            new.place,
            new.pupil,
            date_text(new.at.date),
            new.at.session,
            text(&new.was),
            minutes(new.was),
            text(&new.now),
            minutes(new.now),
            new.words,
            new.changed
        ])?;
    Ok(())
}

/// Put down what became of a row; `said_by` is the program that says so.
pub fn answer(
    connection: &Connection,
    act: ActId,
    number: HandbackId,
    row: &Row,
    (kind, said_by, words): (AnswerKind, Option<&str>, &str),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO handback_answer (act, handback, pupil, date, session, code, minutes, answer, said_by, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            act,
            number,
            row.pupil,
            date_text(row.at.date),
            row.at.session,
            text(&row.now),
            row.now.and_then(|mark| mark.minutes),
            kind,
            said_by,
            words
        ])?;
    Ok(())
}
