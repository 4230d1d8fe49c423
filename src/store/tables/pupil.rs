//! Pupils whom the office puts down before a file brings them, and the numbers that files bring. Those of files are merged.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::columns::date_text;

/// A pupil to be put down; `None` for a number that is not known.
pub struct New<'a> {
    /// A number that none has or had.
    pub id: PupilId,
    /// Family name.
    pub surname: &'a str,
    /// Given name.
    pub forename: &'a str,
    /// National curriculum year.
    pub year: Option<i64>,
    /// Tutor group.
    pub group: GroupId,
    /// First day on the roll.
    pub from: NaiveDate,
    /// Admission number.
    pub admission_no: Option<&'a str>,
    /// Unique pupil number.
    pub upn: Option<&'a str>,
}

/// Put a pupil down.
pub fn add(connection: &Connection, new: &New<'_>) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO pupil (id, surname, forename, year, tutor_group, first_day, admission_no, upn)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            new.id,
            new.surname,
            new.forename,
            new.year,
            new.group,
            date_text(new.from),
            new.admission_no,
            new.upn
        ])?;
    Ok(())
}

/// Give a pupil their numbers; `None` leaves what is held.
pub fn number(
    connection: &Connection,
    pupil: PupilId,
    admission_no: Option<&str>,
    upn: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE pupil SET admission_no = coalesce(?2, admission_no), upn = coalesce(?3, upn) WHERE id = ?1",
        )?
        .execute((pupil, admission_no, upn))?;
    Ok(())
}

/// The numbers that other systems have for pupils, as their files brought them: a line each.
pub fn numbers_elsewhere(connection: &Connection) -> rusqlite::Result<Vec<(PupilId, String)>> {
    connection
        .prepare_cached("SELECT id, source_id FROM pupil WHERE source_id IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
