//! Promises: what somebody told the school will happen today, without a reason.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::{Promise, PromiseKind, Promised};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date_text, instant, missing, time_or_none, time_text};

/// A promise about to be recorded, the same for each pupil.
pub struct NewPromise<'a> {
    /// What was promised.
    pub promise: Promise,
    /// Who promised it.
    pub by: &'a str,
    /// What was said.
    pub words: &'a str,
    /// By which way.
    pub channel: Channel,
}

/// Record a promise about one pupil.
pub fn add(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    at: SessionDate,
    promise: &NewPromise<'_>,
) -> rusqlite::Result<()> {
    let (kind, time) = (promise.promise.kind().as_str(), time_text(promise.promise.time()));
    connection
        .prepare_cached(
            "INSERT INTO promise (act, pupil, date, session, kind, time, said_by, words, channel)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            act,
            pupil,
            date_text(at.date),
            at.session,
            kind,
            time,
            promise.by,
            promise.words,
            promise.channel.as_str()
        ])?;
    Ok(())
}

/// Promises of `date` that stand, oldest first.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<Promised>> {
    let mut statement = connection.prepare_cached(
        "SELECT p.act, p.pupil, p.kind, p.time, p.said_by, p.words, p.channel, a.signed, a.instant
         FROM promise p JOIN act a ON a.id = p.act WHERE p.date = ?1 AND p.withdrawn IS NULL ORDER BY p.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            let kind: PromiseKind = row.get(2)?;
            Ok(Promised {
                act: row.get(0)?,
                pupil: row.get(1)?,
                promise: kind.for_time(time_or_none(row, 3)?.ok_or_else(|| missing(3))?),
                by: row.get(4)?,
                words: row.get(5)?,
                channel: row.get(6)?,
                who: row.get(7)?,
                at: school.local(instant(row, 8)?),
            })
        })?
        .collect()
}
