//! Contacts that the office adds. Those of files are merged.

use rusqlite::Connection;

use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;

/// Behind whom a contact of the office's own stands until a file gives the place: a file's own places are low.
const BEHIND: i64 = 1000;

/// Add a contact under a number that none has or had, behind all others of the pupil.
pub fn add(
    connection: &Connection,
    id: ContactId,
    pupil: PupilId,
    name: &str,
    relationship: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO contact (id, pupil, place, name, relationship)
             SELECT ?1, ?2, 1 + max(?5, coalesce((SELECT max(place) FROM contact WHERE pupil = ?2 AND gone = 0), 0)), ?3, ?4",
        )?
        .execute((id, pupil, name, relationship, BEHIND))?;
    Ok(())
}
