//! Whom a row of a file names.

use rusqlite::{Connection, OptionalExtension};

use super::Merged;
use super::likeness::alike;
use crate::domain::incoming::{Place, PupilKey};

/// The pupil a file means: by its own identifier, else admission number, else UPN. A UPN does not name a pupil with another
/// admission number: two children would become one.
pub fn find(connection: &Connection, key: &PupilKey) -> rusqlite::Result<Option<i64>> {
    for (column, value) in [("source_id", &key.source_id), ("admission_no", &key.admission_no)] {
        if let Some(found) = held_by(connection, column, value.as_deref())? {
            return Ok(Some(found));
        }
    }
    let Some(found) = held_by(connection, "upn", key.upn.as_deref())? else { return Ok(None) };
    let admission_no: Option<String> = connection
        .prepare_cached("SELECT admission_no FROM pupil WHERE id = ?1")?
        .query_row([found], |row| row.get(0))?;
    let is_another = admission_no.is_some() && key.admission_no.is_some() && admission_no != key.admission_no;
    Ok((!is_another).then_some(found))
}

/// The pupil who has this value in one of the columns that name a pupil.
pub fn held_by(connection: &Connection, column: &str, value: Option<&str>) -> rusqlite::Result<Option<i64>> {
    let Some(value) = value else { return Ok(None) };
    let sql = format!("SELECT id FROM pupil WHERE {column} = ?1");
    connection.prepare_cached(&sql)?.query_row([value], |row| row.get(0)).optional()
}

/// Refuse a row that names nobody on the roll.
pub fn unknown(connection: &Connection, merged: &mut Merged, place: &Place, key: &PupilKey) -> rusqlite::Result<()> {
    let named = [&key.admission_no, &key.upn, &key.source_id].into_iter().flatten().next();
    let named = named.cloned().unwrap_or_default();
    let why = match alike(connection, key.admission_no.as_deref())? {
        Some(alike) => alike.says(),
        None => "no pupil on the roll has this number: import the pupils first".to_owned(),
    };
    merged.reject(place, "pupil", &named, why);
    Ok(())
}

/// "Khan, Amira 8KM".
pub fn name_and_group(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    connection
        .prepare_cached(
            "SELECT surname || ', ' || forename || coalesce(' ' || g.name, '')
             FROM pupil p LEFT JOIN tutor_group g ON g.id = p.tutor_group WHERE p.id = ?1",
        )?
        .query_row([id], |row| row.get(0))
}
