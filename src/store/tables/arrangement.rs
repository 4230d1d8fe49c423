//! Arrangements for many, in rows that are never written over: a change withdraws those that stood and adds others.

use hashbrown::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId, Membership, Terms};
use crate::domain::school::School;
use crate::store::columns::{date, date_or_none, date_text, instant, unreadable};

/// A row about to be recorded.
pub struct NewRow<'a> {
    /// The arrangement's number.
    pub id: ArrangementId,
    /// The act that entered it.
    pub entered: ActId,
    /// Its code.
    pub code: Code,
    /// First day.
    pub from: NaiveDate,
    /// The rest of it.
    pub terms: &'a Terms,
    /// Who is in it.
    pub members: &'a [Membership],
}

/// The number of the next arrangement.
pub fn next_id(connection: &Connection) -> rusqlite::Result<ArrangementId> {
    connection
        .prepare_cached("SELECT coalesce(max(arrangement), 0) + 1 FROM arrangement")?
        .query_row([], |row| row.get(0))
}

/// Record what `act` makes of an arrangement.
pub fn add(connection: &Connection, act: ActId, new: &NewRow<'_>) -> rusqlite::Result<()> {
    let Terms { title, number, days, until, review, note } = new.terms;
    connection
        .prepare_cached(
            "INSERT INTO arrangement (act, arrangement, entered, code, title, number, days, first_day, last_day, review, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            act,
            new.id,
            new.entered,
            new.code,
            title,
            number,
            days.to_string(),
            date_text(new.from),
            date_text(*until),
            review.map(date_text),
            note
        ])?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO arrangement_pupil (act, arrangement, pupil, first_day, last_day) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for one in new.members {
        statement.execute(params![act, new.id, one.pupil, date_text(one.from), date_text(one.until)])?;
    }
    Ok(())
}

/// Withdraw what stands of an arrangement, but for the rows of `act`, which take its place: `by` does it.
pub fn displace(connection: &Connection, id: ArrangementId, act: ActId, by: ActId) -> rusqlite::Result<()> {
    for table in ["arrangement", "arrangement_pupil"] {
        connection
            .prepare_cached(&format!(
                "UPDATE {table} SET withdrawn = ?3 WHERE arrangement = ?1 AND act <> ?2 AND withdrawn IS NULL"
            ))?
            .execute(params![id, act, by])?;
    }
    Ok(())
}

/// Whether a row of `act` stands.
pub fn is_of(connection: &Connection, id: ArrangementId, act: ActId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM arrangement WHERE arrangement = ?1 AND act = ?2 AND withdrawn IS NULL)",
        )?
        .query_row(params![id, act], |row| row.get(0))
}

/// Let stand again what `by` withdrew.
pub fn restore(connection: &Connection, by: ActId) -> rusqlite::Result<()> {
    for table in ["arrangement", "arrangement_pupil"] {
        connection
            .prepare_cached(&format!("UPDATE {table} SET withdrawn = NULL WHERE withdrawn = ?1"))?
            .execute([by])?;
    }
    Ok(())
}

/// The numbers of the arrangements that `act` entered or changed.
pub fn of_act(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<ArrangementId>> {
    connection
        .prepare_cached("SELECT DISTINCT arrangement FROM arrangement WHERE act = ?1 ORDER BY arrangement")?
        .query_map([act], |row| row.get(0))?
        .collect()
}

const COLUMNS: &str =
    "SELECT r.arrangement, r.code, r.title, r.number, r.days, r.first_day, r.last_day, r.review, r.note, r.act,
                              a.signed, a.instant
                       FROM arrangement r JOIN act a ON a.id = r.entered WHERE r.withdrawn IS NULL";

fn read(row: &Row<'_>, school: &School) -> rusqlite::Result<Arrangement> {
    let days: String = row.get(4)?;
    let terms = Terms {
        title: row.get(2)?,
        number: row.get(3)?,
        days: days.clone().try_into().map_err(|_| unreadable(4, &days))?,
        until: date(row, 6)?,
        review: date_or_none(row, 7)?,
        note: row.get(8)?,
    };
    let (id, code, from, members) = (row.get(0)?, row.get(1)?, date(row, 5)?, Vec::new());
    let (act, who, at) = (row.get(9)?, row.get(10)?, school.local(instant(row, 11)?));
    Ok(Arrangement { id, code, from, terms, members, act, who, at })
}

/// Every arrangement that stands, in the order of their numbers, with everybody in it.
pub fn standing(connection: &Connection, school: &School) -> rusqlite::Result<Vec<Arrangement>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY r.arrangement"))?;
    let mut found: Vec<Arrangement> =
        statement.query_map([], |row| read(row, school))?.collect::<rusqlite::Result<_>>()?;
    let mut members = if found.is_empty() { HashMap::new() } else { members(connection)? };
    for one in &mut found {
        one.members = members.remove(&one.id).unwrap_or_default();
    }
    Ok(found)
}

fn members(connection: &Connection) -> rusqlite::Result<HashMap<ArrangementId, Vec<Membership>>> {
    let mut statement = connection.prepare_cached(
        "SELECT arrangement, pupil, first_day, last_day FROM arrangement_pupil WHERE withdrawn IS NULL
         ORDER BY arrangement, pupil, first_day",
    )?;
    let mut rows = statement.query([])?;
    let mut members: HashMap<ArrangementId, Vec<Membership>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let one = Membership { pupil: row.get(1)?, from: date(row, 2)?, until: date(row, 3)? };
        members.entry(row.get(0)?).or_default().push(one);
    }
    Ok(members)
}

/// The number of the arrangement that once was this, and was changed since or taken back whole; not where it was undone.
pub fn once(
    connection: &Connection,
    code: Code,
    from: NaiveDate,
    terms: &Terms,
) -> rusqlite::Result<Option<ArrangementId>> {
    connection
        .prepare_cached(
            "SELECT r.arrangement FROM arrangement r JOIN act a ON a.id = r.withdrawn
             WHERE r.code = ?1 AND r.first_day = ?2 AND r.title = ?3 AND r.days = ?4
               AND (a.kind = 'end-arrangement' OR EXISTS (
                    SELECT 1 FROM arrangement now WHERE now.arrangement = r.arrangement AND now.withdrawn IS NULL))
             LIMIT 1",
        )?
        .query_row(params![code, date_text(from), terms.title, terms.days.to_string()], |row| row.get(0))
        .optional()
}

/// The act that entered an arrangement.
pub fn entered(connection: &Connection, id: ArrangementId) -> rusqlite::Result<ActId> {
    connection
        .prepare_cached("SELECT min(entered) FROM arrangement WHERE arrangement = ?1")?
        .query_row([id], |row| row.get(0))
}
