//! The numbers by which other systems know pupils, as files of something else tell them.

use rusqlite::{Connection, params};

use super::Merged;
use super::meant::{held_by, list_name, meant};
use crate::domain::incoming::{Place, PupilKey, Warning};
use crate::domain::people::system_ids::with;

/// Keep each number with the pupil whom the school's own number beside it names. One that is another's already is told, and not kept.
pub fn merge(connection: &Connection, ids: &[(Place, PupilKey)], merged: &mut Merged) -> rusqlite::Result<()> {
    for (place, key) in ids {
        let own = PupilKey { source_id: None, ..key.clone() };
        let (Some(given), Some(pupil)) = (&key.source_id, meant(connection, &own, merged)?) else { continue };
        let holder = held_by(connection, "source_id", Some(given))?;
        if holder == Some(pupil) {
            continue;
        }
        let name = list_name(connection, pupil)?;
        if let Some(holder) = holder {
            let text = format!(
                "{given} is the number of {} already, and was not kept for {name}",
                list_name(connection, holder)?
            );
            merged.warnings.push(Warning { place: place.clone(), text });
            continue;
        }
        let held = source_id(connection, pupil)?;
        let becomes = with(held.as_deref(), given);
        connection.prepare_cached("UPDATE pupil SET source_id = ?2 WHERE id = ?1")?.execute(params![pupil, becomes])?;
        merged.pupils.changed += 1;
        let [was, is] = [held.unwrap_or_else(|| "nothing".to_owned()), becomes].map(|ids| ids.replace('\n', ", "));
        merged.changes.push(format!("{name}: number in another system: {was} → {is}"));
    }
    Ok(())
}

/// Those by which other systems know the pupil, a line each.
pub fn source_id(connection: &Connection, pupil: i64) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached("SELECT source_id FROM pupil WHERE id = ?1")?.query_row([pupil], |row| row.get(0))
}
