//! Claims: one a desk, replaced by its next and gone when it says so. No part of the record.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::domain::act::Officer;
use crate::domain::claim::Claim;
use crate::domain::pupil::PupilId;
use crate::domain::school::School;

use super::columns::{instant, instant_text};

/// The officer's desk is on this pupil since `since`, and says so now.
pub fn put(
    connection: &Connection,
    officer: &Officer,
    pupil: PupilId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO claim (desk, who, pupil, since, instant) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![officer.desk, officer.name, pupil.0, instant_text(since), instant_text(now)])?;
    Ok(())
}

/// This desk is on nobody any more.
pub fn drop(connection: &Connection, desk: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM claim WHERE desk = ?1")?.execute([desk])?;
    Ok(())
}

/// Everybody's claims, those that have run out among them.
pub fn all(connection: &Connection, school: &School) -> rusqlite::Result<Vec<Claim>> {
    let mut statement =
        connection.prepare_cached("SELECT desk, who, pupil, since, instant FROM claim ORDER BY since, desk")?;
    statement
        .query_map([], |row| {
            Ok(Claim {
                desk: row.get(0)?,
                who: row.get(1)?,
                pupil: PupilId(row.get(2)?),
                since: school.local(instant(row, 3)?),
                renewed: school.local(instant(row, 4)?),
            })
        })?
        .collect()
}
