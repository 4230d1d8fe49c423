//! Evidence: facts with a span of sessions, standing until an act withdraws them.

use hashbrown::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::arrangement::ArrangementId;
use crate::domain::facts::evidence::{Evidence, Fact, Mark, Who};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;

use crate::store::columns::{
    date, date_text, instant, mark_or_none, missing, session_date, time_or_none, time_text, unreadable,
};

/// The most days from the first to the last that one fact speaks of. Looking for the facts about a date rests on it.
pub use crate::domain::absence::when::LONGEST;

/// A fact, and whose it is.
pub type PupilEvidence = (PupilId, Evidence);

/// The reason a pupil gave at their last arrival up to `date` that stands and was given one, and its date.
pub fn last_reason(
    connection: &Connection,
    pupil: PupilId,
    until: NaiveDate,
) -> rusqlite::Result<Option<(NaiveDate, String)>> {
    connection
        .prepare_cached(
            "SELECT last_day, words FROM evidence
             WHERE pupil = ?1 AND last_day <= ?2 AND kind = 'gate' AND words <> '' AND withdrawn IS NULL
             ORDER BY last_day DESC, id DESC LIMIT 1",
        )?
        .query_row(params![pupil, date_text(until)], |row| Ok((date(row, 0)?, row.get(1)?)))
        .optional()
}

/// Record a fact about the sessions `from` to `until`.
pub fn add(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    from: SessionDate,
    until: SessionDate,
    fact: &Fact,
) -> rusqlite::Result<()> {
    insert(connection, act, pupil, from, until, fact, None)
}

/// Record what an arrangement for many says of one pupil's day.
pub fn add_arranged(
    connection: &Connection,
    act: ActId,
    arrangement: ArrangementId,
    pupil: PupilId,
    (from, until): (SessionDate, SessionDate),
    (code, words): (Code, &str),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO evidence (act, pupil, kind, first_day, first_session, last_day, last_session, code, words, arrangement)
             VALUES (?1, ?2, 'plan', ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            act,
            pupil,
            date_text(from.date),
            from.session,
            date_text(until.date),
            until.session,
            code,
            words,
            arrangement
        ])?;
    Ok(())
}

/// One pupil's day of an arrangement, as it is held.
pub struct Arranged {
    /// The row.
    pub row: i64,
    /// Who.
    pub pupil: PupilId,
    /// The first of the day's sessions that it speaks of.
    pub from: SessionDate,
    /// The last.
    pub until: SessionDate,
    /// With whom or what.
    pub words: String,
}

/// What stands of an arrangement from a date on, the newest first; what `by` withdrew of it too.
pub fn arranged_from(
    connection: &Connection,
    arrangement: ArrangementId,
    from: NaiveDate,
    by: Option<ActId>,
) -> rusqlite::Result<Vec<Arranged>> {
    connection
        .prepare_cached(
            "SELECT id, pupil, first_day, first_session, last_day, last_session, words FROM evidence
             WHERE arrangement = ?1 AND first_day >= ?2 AND (withdrawn IS NULL OR withdrawn = ?3) ORDER BY id DESC",
        )?
        .query_map(params![arrangement, date_text(from), by], |row| {
            let (from, until) = (session_date(row, 2)?, session_date(row, 4)?);
            Ok(Arranged { row: row.get(0)?, pupil: row.get(1)?, from, until, words: row.get(6)? })
        })?
        .collect()
}

/// Withdraw one pupil's day of an arrangement.
pub fn withdraw_arranged(connection: &Connection, row: i64, by: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE evidence SET withdrawn = ?2 WHERE id = ?1")?.execute(params![row, by])?;
    Ok(())
}

/// Keep a tutor's mark that another has taken the place of: `act` brought it, `by` displaced it.
pub fn displace(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    at: SessionDate,
    mark: Mark,
    by: ActId,
) -> rusqlite::Result<()> {
    insert(connection, act, pupil, at, at, &Fact::Tutor(mark), Some(by))
}

fn insert(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    from: SessionDate,
    until: SessionDate,
    fact: &Fact,
    withdrawn: Option<ActId>,
) -> rusqlite::Result<()> {
    let (mut time, mut by, mut words) = (None, None, None);
    let (kind, mark) = match fact {
        Fact::Tutor(mark) => ("tutor", Some(*mark)),
        Fact::Gate { time: arrived, reason, judged } => {
            (time, words) = (Some(time_text(*arrived)), reason.as_deref());
            ("gate", *judged)
        }
        Fact::Report { code, time: said_for, by: who, words: said } => {
            (time, by, words) = (said_for.map(time_text), Some(who.as_str()), Some(said.as_str()));
            ("report", Some(Mark::plain(*code)))
        }
        Fact::Plan { code, words: what } => {
            words = Some(what.as_str());
            ("plan", Some(Mark::plain(*code)))
        }
        Fact::Office { mark, reason } => {
            words = Some(reason.as_str());
            ("office", Some(*mark))
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO evidence (act, pupil, kind, first_day, first_session, last_day, last_session,
                                   time, code, minutes, said_by, words, withdrawn)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            act,
            pupil,
            kind,
            date_text(from.date),
            from.session,
            date_text(until.date),
            until.session,
            time,
            mark.as_ref().map(|mark| mark.code.as_str()),
            mark.and_then(|mark| mark.minutes),
            by,
            words,
            withdrawn,
        ])?;
    Ok(())
}

const COLUMNS: &str =
    "e.pupil, e.first_day, e.first_session, e.last_day, e.last_session, e.kind, e.time, e.code, e.minutes,
                       e.said_by, e.words, e.act, a.signed, a.instant";

fn read(row: &Row<'_>, school: &School) -> rusqlite::Result<PupilEvidence> {
    let kind: String = row.get(5)?;
    let code = || row.get::<_, Option<Code>>(7)?.ok_or_else(|| missing(7));
    let mark = || mark_or_none(row, 7)?.ok_or_else(|| missing(7));
    let words = || Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(10)?.unwrap_or_default());
    let fact = match kind.as_str() {
        "gate" => {
            let time = time_or_none(row, 6)?.ok_or_else(|| missing(6))?;
            Fact::Gate { time, reason: row.get(10)?, judged: mark_or_none(row, 7)? }
        }
        "report" => {
            let by = row.get::<_, Option<String>>(9)?.unwrap_or_default();
            Fact::Report { code: code()?, time: time_or_none(row, 6)?, by, words: words()? }
        }
        "plan" => Fact::Plan { code: code()?, words: words()? },
        "office" => Fact::Office { mark: mark()?, reason: words()? },
        "tutor" => Fact::Tutor(mark()?),
        other => return Err(unreadable(5, other)),
    };
    let (from, until) = (session_date(row, 1)?, session_date(row, 3)?);
    let at = school.local(instant(row, 13)?);
    let evidence = Evidence { act: row.get(11)?, fact, who: Who::Officer(row.get(12)?), at, from, until };
    Ok((row.get(0)?, evidence))
}

/// The latest day that a fact about `date` can reach to.
fn latest(date: NaiveDate) -> String {
    date_text(date.checked_add_days(LONGEST).unwrap_or(date))
}

/// Standing evidence of one pupil that speaks of any session of `date`, oldest first.
pub fn of(
    connection: &Connection,
    school: &School,
    pupil: PupilId,
    date: NaiveDate,
) -> rusqlite::Result<Vec<Evidence>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act
         WHERE e.pupil = ?1 AND e.last_day BETWEEN ?2 AND ?3 AND e.first_day <= ?2 AND e.withdrawn IS NULL ORDER BY e.id"
    ))?;
    let rows = statement.query_map(params![pupil, date_text(date), latest(date)], |row| read(row, school))?;
    rows.map(|row| Ok(row?.1)).collect()
}

/// Standing evidence of everybody that speaks of any session of `date`, oldest first. What ends on the date is found by it; of what
/// ends later only facts of several days are looked through, for those of one day to come are many.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<PupilEvidence>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act
         WHERE e.id IN (SELECT id FROM evidence INDEXED BY evidence_by_day WHERE last_day = ?1 AND withdrawn IS NULL
                        UNION ALL SELECT id FROM evidence INDEXED BY evidence_of_days
                                  WHERE first_day < last_day AND last_day > ?1 AND last_day <= ?2 AND first_day <= ?1
                                    AND withdrawn IS NULL)
         ORDER BY e.id"
    ))?;
    statement.query_map([date_text(date), latest(date)], |row| read(row, school))?.collect()
}

/// Standing evidence of everybody that speaks of `date` or later.
pub fn from_on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<PupilEvidence>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act
         WHERE e.last_day >= ?1 AND e.withdrawn IS NULL"
    ))?;
    statement.query_map([date_text(date)], |row| read(row, school))?.collect()
}

/// What an act recorded, with the span of each; standing or withdrawn.
pub fn by_act(connection: &Connection, school: &School, act: ActId) -> rusqlite::Result<Vec<PupilEvidence>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act WHERE e.act = ?1 AND e.kind <> 'tutor' ORDER BY e.id"
    ))?;
    statement.query_map([act], |row| read(row, school))?.collect()
}

/// Tutors' marks that `by` displaced.
pub fn displaced_by(connection: &Connection, school: &School, by: ActId) -> rusqlite::Result<Vec<PupilEvidence>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act
         WHERE e.withdrawn = ?1 AND e.kind = 'tutor' ORDER BY e.id"
    ))?;
    statement.query_map([by], |row| read(row, school))?.collect()
}

/// Tutors' marks of one pupil's date that a later register took the place of, oldest first; not those an undo took away.
pub fn displaced_of(
    connection: &Connection,
    school: &School,
    pupil: PupilId,
    date: NaiveDate,
) -> rusqlite::Result<Vec<Evidence>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act JOIN act by ON by.id = e.withdrawn
         WHERE e.pupil = ?1 AND e.last_day = ?2 AND e.kind = 'tutor' AND by.undoes IS NULL
         ORDER BY e.id"
    ))?;
    let rows = statement.query_map(params![pupil, date_text(date)], |row| read(row, school))?.map(|row| Ok(row?.1));
    rows.collect()
}

/// Tutors' marks of `date` that a later register took the place of, oldest first; not those an undo took away.
pub fn displaced_on(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(PupilId, Session, Evidence)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM evidence e JOIN act a ON a.id = e.act JOIN act by ON by.id = e.withdrawn
         WHERE e.last_day = ?1 AND e.kind = 'tutor' AND by.undoes IS NULL ORDER BY e.id"
    ))?;
    let rows = statement.query_map([date_text(date)], |row| read(row, school))?;
    rows.map(|row| row.map(|(pupil, one)| (pupil, one.from.session, one))).collect()
}

/// Withdraw what `act` recorded: `by` takes it back.
pub fn withdraw(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE evidence SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL AND kind <> 'tutor'")?
        .execute((act, by))?;
    Ok(())
}

/// Let stand again what `by` withdrew.
pub fn restore(connection: &Connection, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE evidence SET withdrawn = NULL WHERE withdrawn = ?1 AND kind <> 'tutor'")?
        .execute([by])?;
    Ok(())
}

/// The reason last given at the gate by everybody who gave one from `from` up to the day before `until`.
pub fn late_reasons(
    connection: &Connection,
    from: NaiveDate,
    until: NaiveDate,
) -> rusqlite::Result<HashMap<PupilId, String>> {
    let mut statement = connection.prepare_cached(
        "SELECT pupil, words FROM evidence INDEXED BY evidence_by_day
         WHERE last_day >= ?1 AND last_day < ?2 AND kind = 'gate' AND words <> '' AND withdrawn IS NULL ORDER BY last_day, id",
    )?;
    let rows = statement.query_map([from, until].map(date_text), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Reports and plans of illness that stand, speak of several days and end on `date` or later: whose, when recorded, and the sessions.
pub fn illness_until(
    connection: &Connection,
    school: &School,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(PupilId, NaiveDate, SessionDate, SessionDate)>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.pupil, a.instant, e.first_day, e.first_session, e.last_day, e.last_session
         FROM evidence e INDEXED BY evidence_of_days JOIN act a ON a.id = e.act
         WHERE e.first_day < e.last_day AND e.last_day >= ?1 AND e.code = 'I' AND e.kind IN ('report', 'plan')
           AND e.withdrawn IS NULL ORDER BY e.id",
    )?;
    let rows = statement.query_map([date_text(date)], |row| {
        let known = school.local(instant(row, 1)?).date();
        Ok((row.get(0)?, known, session_date(row, 2)?, session_date(row, 4)?))
    })?;
    rows.collect()
}

/// Pupils about whom acts after `since` recorded something of a date before `date`; a pupil may come several times.
pub fn added_since(connection: &Connection, since: ActId, date: NaiveDate) -> rusqlite::Result<Vec<PupilId>> {
    connection
        .prepare_cached("SELECT pupil FROM evidence INDEXED BY evidence_by_act WHERE act > ?1 AND first_day < ?2")?
        .query_map(params![since, date_text(date)], |row| row.get(0))?
        .collect()
}
