//! Many marks of one act: each statement is made ready once.

use chrono::NaiveDate;
use rusqlite::{CachedStatement, Connection, params};

use super::{SETTLE, TUTOR, text};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::date_text;

/// A pupil-session that is put.
pub struct Put {
    /// Which session.
    pub at: SessionDate,
    /// Whose.
    pub pupil: PupilId,
    /// The tutor's mark, where one is given.
    pub tutor: Option<Mark>,
    /// What it settled to, where that changed.
    pub settled: Option<Option<Mark>>,
}

/// Puts many marks, tutors' and settled ones, by one act.
pub struct Writer<'c> {
    connection: &'c Connection,
    act: ActId,
    both: CachedStatement<'c>,
    tutor: CachedStatement<'c>,
    settled: CachedStatement<'c>,
    /// The date that was put last, as it is stored.
    date: (NaiveDate, String),
}

impl<'c> Writer<'c> {
    /// So many new rows are added at once.
    pub const ROWS: usize = if cfg!(test) { 3 } else { 40 };

    /// One that writes by `act`.
    pub fn new(connection: &'c Connection, act: ActId) -> rusqlite::Result<Writer<'c>> {
        let both = "INSERT INTO mark (date, session, pupil, tutor, tutor_minutes, taken, code, minutes, act)
             VALUES (?1, ?2, ?3, ?4, ?5, ?8, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE SET tutor = excluded.tutor, tutor_minutes = excluded.tutor_minutes, taken = excluded.taken,
               code = excluded.code, minutes = excluded.minutes, act = excluded.act";
        let [both, tutor, settled] = [both, TUTOR, SETTLE].map(|sql| connection.prepare_cached(sql));
        let date = (NaiveDate::MIN, date_text(NaiveDate::MIN));
        Ok(Writer { connection, act, both: both?, tutor: tutor?, settled: settled?, date })
    }

    /// Put one, whether a row of it stands or not.
    pub fn put(&mut self, one: &Put) -> rusqlite::Result<()> {
        self.turn_to(one.at.date);
        let (date, session, pupil, act) = (&self.date.1, one.at.session, one.pupil, self.act);
        let (tutor, now) = (&one.tutor, &one.settled.flatten());
        match (one.tutor, one.settled) {
            (Some(_), Some(_)) => self.both.execute(params![
                date,
                session,
                pupil,
                text(tutor),
                minutes(tutor),
                text(now),
                minutes(now),
                act
            ]),
            (Some(_), None) => self.tutor.execute(params![date, session, pupil, text(tutor), minutes(tutor), act, act]),
            (None, Some(_)) => self.settled.execute(params![date, session, pupil, text(now), minutes(now), act]),
            (None, None) => Ok(0),
        }?;
        Ok(())
    }

    /// Add those of which no row stands, [`Writer::ROWS`] at once. A fault leaves some of them, and the change must not be kept: so SQLite
    /// need not keep how each page was before, as it does where a row may be updated.
    pub fn add(&mut self, all: &[Put]) -> rusqlite::Result<()> {
        let size = if all.len() == Writer::ROWS { Writer::ROWS } else { 1 };
        all.chunks(size).try_for_each(|rows| self.insert(rows))
    }

    fn insert(&mut self, all: &[Put]) -> rusqlite::Result<()> {
        let rows = vec!["(?1, ?, ?, ?, ?, ?, ?, ?, ?)"; all.len()].join(", ");
        let columns = "act, date, session, pupil, tutor, tutor_minutes, taken, code, minutes";
        let insert = format!("INSERT OR FAIL INTO mark ({columns}) VALUES {rows}");
        let mut insert = self.connection.prepare_cached(&insert)?;
        insert.raw_bind_parameter(1, self.act)?;
        let mut place = 1;
        let mut next = || {
            place += 1;
            place
        };
        for one in all {
            self.turn_to(one.at.date);
            let (tutor, now) = (&one.tutor, &one.settled.flatten());
            insert.raw_bind_parameter(next(), &self.date.1)?;
            insert.raw_bind_parameter(next(), one.at.session)?;
            insert.raw_bind_parameter(next(), one.pupil)?;
            insert.raw_bind_parameter(next(), text(tutor))?;
            insert.raw_bind_parameter(next(), minutes(tutor))?;
            insert.raw_bind_parameter(next(), tutor.map(|_| self.act.0))?;
            insert.raw_bind_parameter(next(), text(now))?;
            insert.raw_bind_parameter(next(), minutes(now))?;
        }
        insert.raw_execute().map(|_| ())
    }

    fn turn_to(&mut self, date: NaiveDate) {
        if date != self.date.0 {
            self.date = (date, date_text(date));
        }
    }
}

fn minutes(mark: &Option<Mark>) -> Option<i64> {
    mark.and_then(|mark| mark.minutes)
}

/// Take away the indexes of the marks, and give back how they are made: made from all rows at once they cost half of what they do row by
/// row. Within a change nobody else sees the table without them.
pub fn take_indexes(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let question = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'mark' AND sql IS NOT NULL";
    let mut statement = connection.prepare(question)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found = rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    for (name, _) in &found {
        connection.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// Whether there are more than `count` marks.
pub fn are_more_than(connection: &Connection, count: usize) -> rusqlite::Result<bool> {
    let limit = i64::try_from(count).unwrap_or(i64::MAX);
    connection.prepare("SELECT EXISTS (SELECT 1 FROM mark LIMIT 1 OFFSET ?1)")?.query_row([limit], |row| row.get(0))
}
