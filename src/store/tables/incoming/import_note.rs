//! What an import refused, and what was to be looked at: kept with it, of many the first.

use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::incoming::{Place, Reject, Warning};

/// So many of each kind are kept: more are of a file that is wrong from end to end.
const KEPT_MAX: usize = 1_000;
/// So much is kept of a cell, in characters.
const VALUE_MAX: usize = 200;

/// What of a cell is not kept: numbers, addresses and dates of birth stay in the file, and in the list that lies beside it.
fn is_private(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["phone", "mobile", "tel", "mail", "address", "postcode", "birth"].iter().any(|word| heading.contains(word))
}

/// Keep what was told of the import.
pub fn keep(connection: &Connection, act: ActId, rejects: &[Reject], warnings: &[Warning]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO import_note (act, kind, place, file, line, heading, value, says) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (place, one) in (0_i64..).zip(rejects.iter().take(KEPT_MAX)) {
        let value = if is_private(&one.column) { "" } else { one.value.as_str() };
        let value: String = value.chars().take(VALUE_MAX).collect();
        insert.execute(params![
            act,
            "refused",
            place,
            one.place.file,
            line(&one.place),
            one.column,
            value,
            one.reason
        ])?;
    }
    for (place, one) in (0_i64..).zip(warnings.iter().take(KEPT_MAX)) {
        insert.execute(params![act, "warning", place, one.place.file, line(&one.place), "", "", one.text])?;
    }
    Ok(())
}

/// The rows that the import refused, as far as they are kept.
pub fn refused(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<Reject>> {
    of(connection, act, "refused", |row| {
        Ok(Reject { place: place(row)?, column: row.get(2)?, value: row.get(3)?, reason: row.get(4)? })
    })
}

/// What was to be looked at, as far as it is kept.
pub fn warnings(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<Warning>> {
    of(connection, act, "warning", |row| Ok(Warning { place: place(row)?, text: row.get(4)? }))
}

fn of<T>(
    connection: &Connection,
    act: ActId,
    kind: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection
        .prepare_cached(
            "SELECT file, line, heading, value, says FROM import_note WHERE act = ?1 AND kind = ?2 ORDER BY place",
        )?
        .query_map(params![act, kind], |row| read(row))?
        .collect()
}

fn line(place: &Place) -> i64 {
    i64::try_from(place.line).unwrap_or(i64::MAX)
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { file: row.get(0)?, line: u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default() })
}
