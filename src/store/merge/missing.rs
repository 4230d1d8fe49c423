//! Pupils on the roll who are not in an export of the whole roll.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::Merged;
use super::corrections::is_joiner;
use crate::domain::incoming::{IncomingPupil, Place, Warning};
use crate::domain::school::roll::Roll;

/// Tell by name of pupils on roll `today` whom the rows do not name, where they name at least half of the roll: fewer are no export
/// of all of it. Nobody is taken off the roll by a file's silence.
pub fn warn(roll: &Roll, today: NaiveDate, named: &HashSet<i64>, rows: &[(Place, IncomingPupil)], merged: &mut Merged) {
    let Some((first, _)) = rows.first() else { return };
    let (there, missing): (Vec<_>, Vec<_>) =
        roll.pupils.iter().filter(|pupil| pupil.on_roll(today)).partition(|pupil| named.contains(&pupil.id.0));
    if missing.len() > there.len() {
        return;
    }
    for pupil in missing {
        let number = pupil.admission_no.as_deref().map(|number| format!(" ({number})")).unwrap_or_default();
        let who = format!("{}{number}", roll.name_and_group(pupil.id));
        let text = if is_joiner(&merged.corrections, pupil.id.0) {
            format!("{who} was put down here as a joiner, and is not in the system yet; firstbell keeps them")
        } else {
            format!("{who} is on roll and not among these pupils, and stays on roll: a last day, `until`, ends that")
        };
        merged.warnings.push(Warning { place: Place { file: first.file.clone(), line: 0 }, text });
    }
}
