//! Marks of a stretch of dates as they follow each other, for what looks at every pupil's.

use std::ops::Range;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date, date_text, session_date};

/// Put one pupil's settled codes on these dates, in order, into `into`, in place of what is there.
pub fn of_pupil(
    connection: &Connection,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
    into: &mut Vec<(SessionDate, Code)>,
) -> rusqlite::Result<()> {
    into.clear();
    let mut statement = connection.prepare_cached(
        "SELECT date, session, code FROM mark INDEXED BY mark_of_pupil
         WHERE pupil = ?1 AND date >= ?2 AND date < ?3 AND code IS NOT NULL ORDER BY date, session",
    )?;
    let mut rows = statement.query(params![pupil, date_text(dates.start), date_text(dates.end)])?;
    while let Some(row) = rows.next()? {
        into.push((session_date(row, 0)?, row.get(2)?));
    }
    Ok(())
}

/// The dates of a stretch on which anybody has a mark, in order. Each is found from the one before, whatever lies between.
pub fn dates(connection: &Connection, within: &Range<NaiveDate>) -> rusqlite::Result<Vec<NaiveDate>> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE marked (date) AS
           (SELECT min(date) FROM mark WHERE date >= ?1
            UNION ALL SELECT (SELECT min(date) FROM mark WHERE date > marked.date) FROM marked WHERE marked.date < ?2)
         SELECT date FROM marked WHERE date < ?2",
    )?;
    statement.query_map([within.start, within.end].map(date_text), |row| date(row, 0))?.collect()
}
