//! Disclosures: what was shown to whom. Only ever added to.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::domain::act::disclosure::{Disclosed, Disclosure};
use crate::domain::act::{Officer, When};
use crate::domain::school::School;
use crate::store::columns::{instant, instant_text};

/// Put one down.
pub fn add(connection: &Connection, officer: &Officer, when: When, disclosure: &Disclosure) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO disclosure (instant, clock, who, post, desk, login, shown, pupil, what)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            instant_text(when.now),
            when.clock.map(instant_text),
            officer.name,
            officer.post,
            officer.desk,
            officer.login,
            disclosure.shown,
            disclosure.pupil,
            disclosure.what,
        ])?;
    Ok(())
}

/// Those from `from` until before `until`, oldest first: by the time that was given as by the true one.
pub fn between(
    connection: &Connection,
    school: &School,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> rusqlite::Result<Vec<Disclosed>> {
    let mut statement = connection.prepare_cached(
        "SELECT instant, signed, desk, shown, pupil, what, login FROM disclosure
         WHERE (instant >= ?1 AND instant < ?2) OR (clock >= ?1 AND clock < ?2) ORDER BY id",
    )?;
    statement
        .query_map([from, until].map(instant_text), |row| {
            Ok(Disclosed {
                at: school.local(instant(row, 0)?),
                who: row.get(1)?,
                desk: row.get(2)?,
                login: row.get(6)?,
                disclosure: Disclosure { shown: row.get(3)?, pupil: row.get(4)?, what: row.get(5)? },
            })
        })?
        .collect()
}
