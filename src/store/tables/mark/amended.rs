//! Changes of settled marks, put on the amendment record.

use rusqlite::{Connection, params};

use super::text;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::facts::changed_mark::ChangedMark;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{mark_or_none, session_date};

/// Why a settled mark changed.
#[derive(Clone, Copy, Debug)]
pub struct Why<'a> {
    /// The rule's own sentence.
    pub rule: &'a str,
    /// What a person said.
    pub quote: Option<&'a str>,
    /// The speaker, if that is not the officer of the act: the parent, the teacher.
    pub said_by: Option<&'a str>,
    /// The office decided this very mark.
    pub is_decided: bool,
}

/// A settled mark that changes.
pub struct Amended<'a> {
    /// The date, as stored.
    pub date: &'a str,
    /// Which half of it.
    pub session: Session,
    /// Whose.
    pub pupil: PupilId,
    /// The mark before.
    pub was: Option<Mark>,
    /// The act that had set that.
    pub since: ActId,
    /// The mark after.
    pub now: Option<Mark>,
}

/// The marks that `act` amended, each time it did, in that order.
pub fn changed_by(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<ChangedMark>> {
    let mut statement = connection.prepare_cached(
        "SELECT pupil, date, session, original, original_minutes, new, new_minutes FROM amendment WHERE act = ?1 ORDER BY id",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let (was, now) = (mark_or_none(row, 3)?, mark_or_none(row, 5)?);
        Ok(ChangedMark { pupil: row.get(0)?, at: session_date(row, 1)?, was, now })
    };
    statement.query_map([act], read)?.collect()
}

/// Put an amendment on the record.
pub fn amend(connection: &Connection, one: &Amended<'_>, act: ActId, why: &Why<'_>) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO amendment (act, date, session, pupil, original, original_minutes, new, new_minutes, reason,
                                    rule, said_by, decided, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            act,
            one.date,
            one.session,
            one.pupil,
            text(&one.was),
            one.was.and_then(|mark| mark.minutes),
            text(&one.now),
            one.now.and_then(|mark| mark.minutes),
            why.quote.unwrap_or(why.rule),
            why.rule,
            why.quote.and(why.said_by),
            why.is_decided,
            one.was.map(|_| one.since),
        ])?;
    Ok(())
}
