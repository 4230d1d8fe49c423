//! Pupils on the roll who are not in an export of the whole roll.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::Merged;
use super::corrections::is_joiner;
use super::meant::meant;
use crate::domain::act_id::ActId;
use crate::domain::incoming::{Incoming, Place, Warning};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::tables::incoming::missing;

/// Keep, and tell by name, of pupils on roll `today` whom the rows do not name, where they name at least half of the roll: fewer are
/// no export of all of it, and neither is a page of several. Nobody is taken off the roll by a file's silence: somebody says whether they have left. Whoever is named
/// again is not asked about any more.
pub fn merge(
    connection: &Connection,
    act: ActId,
    roll: &Roll,
    today: NaiveDate,
    (named, incoming): (&HashSet<i64>, &Incoming),
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    let (mut known, mut told) = (missing::known(connection)?, HashSet::new());
    for (place, key) in &incoming.said_gone {
        let found = meant(connection, key, merged)?.filter(|id| !named.contains(id)).map(PupilId);
        let Some(pupil) = found.and_then(|id| roll.pupil(id)).filter(|pupil| pupil.on_roll(today)) else { continue };
        told.insert(pupil.id);
        if known.insert(pupil.id) {
            missing::add(connection, act, pupil.id)?;
            merged.missing.new += 1;
        } else {
            merged.missing.same += 1;
        }
        let who = roll.name_and_group(pupil.id);
        let text = format!(
            "{who} is there no more, this file says, and stays on roll: “firstbell leavers” asks whether they have left"
        );
        merged.warnings.push(Warning { place: place.clone(), text });
    }
    let Some((first, _)) = incoming.pupils.first().filter(|_| !incoming.is_part) else { return Ok(()) };
    let mut back: Vec<PupilId> = known.iter().copied().filter(|id| named.contains(&id.0)).collect();
    back.sort_unstable();
    for pupil in back {
        missing::end(connection, act, pupil)?;
        merged.missing.gone += 1;
    }
    let (there, missing): (Vec<_>, Vec<_>) =
        roll.pupils.iter().filter(|pupil| pupil.on_roll(today)).partition(|pupil| named.contains(&pupil.id.0));
    if missing.len() > there.len() {
        return Ok(());
    }
    for pupil in missing.into_iter().filter(|pupil| !told.contains(&pupil.id)) {
        let number = pupil.admission_no.as_deref().map(|number| format!(" ({number})")).unwrap_or_default();
        let who = format!("{}{number}", roll.name_and_group(pupil.id));
        let text = if is_joiner(&merged.corrections, pupil.id.0) {
            format!("{who} was put down here as a joiner, and is not in the system yet; firstbell keeps them")
        } else {
            if known.contains(&pupil.id) {
                merged.missing.same += 1;
            } else {
                missing::add(connection, act, pupil.id)?;
                merged.missing.new += 1;
            }
            format!(
                "{who} is on roll and not among these pupils, and stays on roll: “firstbell leavers” asks whether they have left"
            )
        };
        merged.warnings.push(Warning { place: Place { file: first.file.clone(), line: 0 }, text });
    }
    Ok(())
}
