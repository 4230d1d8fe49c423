//! Many marks of one act: each statement is made ready once.

use rusqlite::{CachedStatement, Connection, params};

use super::{SETTLE, TUTOR, text};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// Puts many marks, tutors' and settled ones, by one act.
pub struct Writer<'c> {
    act: ActId,
    both: CachedStatement<'c>,
    tutor: CachedStatement<'c>,
    settled: CachedStatement<'c>,
}

impl<'c> Writer<'c> {
    /// One that writes by `act`.
    pub fn new(connection: &'c Connection, act: ActId) -> rusqlite::Result<Writer<'c>> {
        let both = "INSERT INTO mark (date, session, pupil, tutor, tutor_minutes, taken, code, minutes, act)
             VALUES (?1, ?2, ?3, ?4, ?5, ?8, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE SET tutor = excluded.tutor, tutor_minutes = excluded.tutor_minutes, taken = excluded.taken,
               code = excluded.code, minutes = excluded.minutes, act = excluded.act";
        let [both, tutor, settled] = [both, TUTOR, SETTLE].map(|sql| connection.prepare_cached(sql));
        Ok(Writer { act, both: both?, tutor: tutor?, settled: settled? })
    }

    /// Put the tutor's mark where one is given, and what it settled to where that is.
    pub fn put(
        &mut self,
        date: &str,
        session: Session,
        pupil: PupilId,
        tutor: Option<Mark>,
        settled: Option<Option<Mark>>,
    ) -> rusqlite::Result<()> {
        let minutes = |mark: &Option<Mark>| mark.and_then(|mark| mark.minutes);
        let (act, now) = (self.act, settled.flatten());
        match (tutor, settled) {
            (Some(_), Some(_)) => self.both.execute(params![
                date,
                session,
                pupil,
                text(&tutor),
                minutes(&tutor),
                text(&now),
                minutes(&now),
                act
            ]),
            (Some(_), None) => {
                self.tutor.execute(params![date, session, pupil, text(&tutor), minutes(&tutor), act, act])
            }
            (None, Some(_)) => self.settled.execute(params![date, session, pupil, text(&now), minutes(&now), act]),
            (None, None) => Ok(0),
        }?;
        Ok(())
    }
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
