//! The journal: one row an act, signed and timed. Never changed; deleted only when it is past keeping.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::columns::{date, date_or_none, date_text, instant, instant_text};
use crate::domain::act::{Act, JournalEntry, NOT_DAY_WORK, Officer, Other, When};
use crate::domain::act_id::ActId;

/// Who signed an act, and when.
pub struct Signature {
    /// When.
    pub instant: DateTime<Utc>,
    /// By whom.
    pub who: String,
}

/// Write an act down, with the earliest date it can change a mark of and the earlier act it undoes; its number is also the revision of
/// what it touches.
pub fn sign(
    connection: &Connection,
    officer: &Officer,
    when: When,
    act: &Act,
    (about, undoes): (Option<NaiveDate>, Option<ActId>),
) -> rusqlite::Result<ActId> {
    let detail = json(act)?;
    let about = match undoes {
        Some(undone) => about_of(connection, undone)?,
        None => about.map(date_text),
    };
    write(connection, officer, when, act.kind(), &detail, about, undoes)
}

fn about_of(connection: &Connection, act: ActId) -> rusqlite::Result<Option<String>> {
    let found = connection.prepare_cached("SELECT about FROM act WHERE id = ?1")?.query_row([act], |row| row.get(0));
    Ok(found.optional()?.flatten())
}

/// Whether an act after `since` can have changed a mark of a date before `date`.
pub fn changed_before(connection: &Connection, date: NaiveDate, since: ActId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM act WHERE id > ?1 AND about < ?2)")?
        .query_row(params![since, date_text(date)], |row| row.get(0))
}

/// Whether an act of one of these kinds came after `since`, or anything was taken back or done again.
pub fn has_any_after(connection: &Connection, since: ActId, kinds: &[&str]) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached("SELECT kind, undoes IS NOT NULL FROM act WHERE id > ?1")?;
    let mut rows = statement.query([since])?;
    while let Some(row) = rows.next()? {
        if row.get(1)? || kinds.contains(&row.get_ref(0)?.as_str()?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether files brought in after `since` can have changed a mark of a date before `date`.
pub fn imported_before(connection: &Connection, date: NaiveDate, since: ActId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM act WHERE id > ?1 AND about < ?2 AND kind = 'import')")?
        .query_row(params![since, date_text(date)], |row| row.get(0))
}

/// The earliest date of which an act after `since` and before `until` can have changed a mark.
pub fn earliest_between(
    connection: &Connection,
    (since, until): (ActId, ActId),
) -> rusqlite::Result<Option<NaiveDate>> {
    connection
        .prepare_cached("SELECT min(about) FROM act WHERE id > ?1 AND id < ?2")?
        .query_row((since, until), |row| date_or_none(row, 0))
}

/// The acts after `since` that can have changed a mark, each with the earliest date of which it can.
pub fn about_after(connection: &Connection, since: ActId) -> rusqlite::Result<Vec<(ActId, NaiveDate)>> {
    connection
        .prepare_cached("SELECT id, about FROM act WHERE id > ?1 AND about IS NOT NULL ORDER BY id")?
        .query_map([since], |row| Ok((row.get(0)?, date(row, 1)?)))?
        .collect()
}

/// Whether nothing was done after `since`, but by the act `but`, that is not about a later date than `until`.
pub fn is_later_alone(
    connection: &Connection,
    (since, but): (ActId, ActId),
    until: NaiveDate,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT NOT EXISTS (SELECT 1 FROM act WHERE id > ?1 AND id <> ?2 AND (about IS NULL OR about <= ?3))",
        )?
        .query_row(params![since, but, date_text(until)], |row| row.get(0))
}

/// Write down something that is no act of the office, such as an import.
pub fn sign_other(
    connection: &Connection,
    officer: &Officer,
    when: When,
    other: &Other,
    about: Option<NaiveDate>,
) -> rusqlite::Result<ActId> {
    write(connection, officer, when, other.kind(), &json(other)?, about.map(date_text), None)
}

/// Say what `act` came to, once that is known: in the transaction in which it was signed.
pub fn complete(connection: &Connection, act: ActId, other: &Other) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE act SET detail = ?2 WHERE id = ?1")?.execute(params![act, json(other)?])?;
    Ok(())
}

/// Take the entry of an import out that was not brought to its end, and of which nothing is left.
pub fn remove(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM act WHERE id = ?1")?.execute([act])?;
    Ok(())
}

fn json(of: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(of).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn write(
    connection: &Connection,
    officer: &Officer,
    when: When,
    kind: &str,
    detail: &str,
    about: Option<String>,
    undoes: Option<ActId>,
) -> rusqlite::Result<ActId> {
    connection
        .prepare_cached(
            "INSERT INTO act (instant, clock, kind, detail, who, post, desk, login, about, undoes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            instant_text(when.now),
            when.clock.map(instant_text),
            kind,
            detail,
            officer.name,
            officer.post,
            officer.desk,
            officer.login,
            about,
            undoes,
        ])?;
    Ok(ActId(connection.last_insert_rowid()))
}

/// Whether the row `number` is this very act, as this desk signed it then.
pub fn holds(
    connection: &Connection,
    number: ActId,
    officer: &Officer,
    now: DateTime<Utc>,
    act: &Act,
) -> rusqlite::Result<bool> {
    let detail = json(act)?;
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM act WHERE id = ?1 AND instant = ?2 AND login = ?3 AND desk = ?4 AND detail = ?5)",
        )?
        .query_row(params![number, instant_text(now), officer.login, officer.desk, detail], |row| row.get(0))
}

/// The first act of all, told from any other file's: when, at which desk, and what; `None` before it.
pub fn beginning(connection: &Connection) -> rusqlite::Result<Option<(String, String, String)>> {
    connection
        .prepare_cached("SELECT instant, desk, detail FROM act WHERE id = (SELECT min(id) FROM act)")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()
}

/// Who signed `act`, and when; `None` if there is no such act.
pub fn signature(connection: &Connection, act: ActId) -> rusqlite::Result<Option<Signature>> {
    connection
        .prepare_cached("SELECT instant, signed FROM act WHERE id = ?1")?
        .query_row([act], |row| Ok(Signature { instant: instant(row, 0)?, who: row.get(1)? }))
        .optional()
}

/// What `act` was; `None` where a newer version wrote it.
pub fn entry(connection: &Connection, act: ActId) -> rusqlite::Result<Option<JournalEntry>> {
    let detail: String =
        connection.prepare_cached("SELECT detail FROM act WHERE id = ?1")?.query_row([act], |row| row.get(0))?;
    Ok(JournalEntry::read(&detail))
}

/// The act that `act` undid, if it is an undo: always an earlier one.
pub fn undoes(connection: &Connection, act: ActId) -> rusqlite::Result<Option<ActId>> {
    connection.prepare_cached("SELECT undoes FROM act WHERE id = ?1")?.query_row([act], |row| row.get(0))
}

/// The day's work that a login signed at one desk since `since`, latest first: undoing, and the school's set-up, left out.
pub fn work_of(connection: &Connection, officer: &Officer, since: DateTime<Utc>) -> rusqlite::Result<Vec<ActId>> {
    let kinds = NOT_DAY_WORK.map(|kind| format!("'{kind}'")).join(", ");
    let of_login = format!(
        "SELECT id FROM act WHERE login = ?1 AND instant >= ?2 AND desk = ?3 AND kind NOT IN ({kinds}) ORDER BY id DESC"
    );
    connection
        .prepare_cached(&of_login)?
        .query_map([&officer.login, &instant_text(since), &officer.desk], |row| row.get(0))?
        .collect()
}

/// What there is to undo of `act`: itself, or the act that did it again; `None` when it is taken back.
pub fn standing(connection: &Connection, act: ActId) -> rusqlite::Result<Option<ActId>> {
    Ok(Some(last_word(connection, act)?).filter(|(_, stands)| *stands).map(|(last, _)| last))
}

/// The last undo by this login at this desk since `since` that left an act of the day's work taken back: what is done again. None where
/// the login has done something else there since.
pub fn taken_back_by(
    connection: &Connection,
    officer: &Officer,
    since: DateTime<Utc>,
) -> rusqlite::Result<Option<ActId>> {
    let of_login = "SELECT id, kind FROM act WHERE login = ?1 AND instant >= ?2 AND desk = ?3 ORDER BY id DESC";
    let mut statement = connection.prepare_cached(of_login)?;
    let mut rows = statement.query([&officer.login, &instant_text(since), &officer.desk])?;
    while let Some(row) = rows.next()? {
        let (act, kind): (ActId, String) = (row.get(0)?, row.get(1)?);
        let Some(undone) = undoes(connection, act)? else {
            if is_day_work(&kind) {
                return Ok(None);
            }
            continue;
        };
        let (mut original, mut takes_back) = (undone, true);
        while let Some(undone) = undoes(connection, original)? {
            (original, takes_back) = (undone, !takes_back);
        }
        if takes_back && undone_by(connection, act)?.is_none() && is_day_work(&kind_of(connection, original)?) {
            return Ok(Some(act));
        }
    }
    Ok(None)
}

fn is_day_work(kind: &str) -> bool {
    !NOT_DAY_WORK.contains(&kind)
}

fn kind_of(connection: &Connection, act: ActId) -> rusqlite::Result<String> {
    connection.prepare_cached("SELECT kind FROM act WHERE id = ?1")?.query_row([act], |row| row.get(0))
}

/// The last of `act`, its undo, the undo of that and so on; and whether it leaves `act` standing.
pub fn last_word(connection: &Connection, act: ActId) -> rusqlite::Result<(ActId, bool)> {
    let (mut last, mut stands) = (act, true);
    while let Some(undo) = undone_by(connection, last)? {
        (last, stands) = (undo, !stands);
    }
    Ok((last, stands))
}

/// Whether the act that `act` did, undid or did again stood at `since` as it stands now.
pub fn stands_as_at(connection: &Connection, act: ActId, since: ActId) -> rusqlite::Result<bool> {
    let mut original = act;
    while let Some(undone) = undoes(connection, original)? {
        original = undone;
    }
    let (mut last, mut stood, mut stands) = (original, original <= since, true);
    while let Some(undo) = undone_by(connection, last)? {
        (last, stands) = (undo, !stands);
        stood ^= undo <= since;
    }
    Ok(stood == stands)
}

/// The act that undid `act`: an act is undone once at most.
fn undone_by(connection: &Connection, act: ActId) -> rusqlite::Result<Option<ActId>> {
    connection.prepare_cached("SELECT max(id) FROM act WHERE undoes = ?1")?.query_row([act], |row| row.get(0))
}

/// The last act.
pub fn last(connection: &Connection) -> rusqlite::Result<ActId> {
    connection.prepare_cached("SELECT coalesce(max(id), 0) FROM act")?.query_row([], |row| row.get(0))
}
