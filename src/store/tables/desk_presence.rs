//! Desk presence: one row a desk, replaced by the next and deleted when the desk leaves. No part of the record.

use chrono::{DateTime, Days, Utc};
use rusqlite::{Connection, params};

use crate::domain::act::Officer;
use crate::domain::act_id::ActId;
use crate::domain::facts::desk_presence::{DeskPresence, Place};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{instant, instant_text};

/// The officer sits at this desk, on this pupil or on nobody, since `since`, and says so now. Whoever sits down clears away what
/// desks that never left said more than a day ago.
pub fn store(
    connection: &Connection,
    officer: &Officer,
    (place, calling): (Place, Option<PupilId>),
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    if since == now {
        let long_ago = now.checked_sub_days(Days::new(1)).unwrap_or(now);
        connection.prepare_cached("DELETE FROM sitting WHERE instant < ?1")?.execute([instant_text(long_ago)])?;
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sitting (desk, who, place, pupil, since, instant) VALUES (?1, ?2, ?3, (SELECT id FROM pupil WHERE id = ?4), ?5, ?6)",
        )?
        .execute(params![
            officer.desk,
            officer.name,
            place,
            calling,
            instant_text(since),
            instant_text(now)
        ])?;
    Ok(())
}

/// End the calls about pupils whom `act` took off the roll.
pub fn leave(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE sitting SET pupil = NULL
             WHERE pupil IN (SELECT key FROM roll_change WHERE act = ?1 AND relation = 'pupil' AND was IS NULL)",
        )?
        .execute([act])?;
    Ok(())
}

/// Delete this desk's presence.
pub fn drop(connection: &Connection, desk: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM sitting WHERE desk = ?1")?.execute([desk])?;
    Ok(())
}

/// Every desk presence, expired ones too, the longest first.
pub fn all(connection: &Connection, school: &School) -> rusqlite::Result<Vec<DeskPresence>> {
    let mut statement = connection
        .prepare_cached("SELECT desk, who, place, pupil, since, instant FROM sitting ORDER BY since, desk")?;
    statement
        .query_map([], |row| {
            Ok(DeskPresence {
                desk: row.get(0)?,
                who: row.get(1)?,
                place: row.get(2)?,
                calling: row.get(3)?,
                since: school.local(instant(row, 4)?),
                renewed: school.local(instant(row, 5)?),
            })
        })?
        .collect()
}
