//! A pupil's marks, each with the act that changed it last.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::cases::chronology::MarkHeld;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date_text, session_date};

/// The marks of a pupil on these dates, in order; blanks are none.
pub fn held_of(
    connection: &Connection,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
) -> rusqlite::Result<Vec<MarkHeld>> {
    connection
        .prepare_cached(
            "SELECT date, session, code, act FROM mark
             WHERE pupil = ?1 AND date BETWEEN ?2 AND ?3 AND code IS NOT NULL ORDER BY date, session",
        )?
        .query_map(params![pupil, date_text(*dates.start()), date_text(*dates.end())], |row| {
            Ok(MarkHeld { at: session_date(row, 0)?, code: row.get(2)?, act: row.get(3)? })
        })?
        .collect()
}
