//! Tells of pupils who have no mark where the register of their group is in: nobody has said whether they are there.

use std::collections::BTreeMap;

use super::settled::Blank;
use crate::domain::calendar::session::SessionDate;
use crate::domain::incoming::{Marks, Warning};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::{Stop, Work};
use crate::store::merge::Merged;
use crate::store::tables::mark;

/// Tell of `blanks`, which are in order of their dates: of each pupil once, in the order of the roll.
pub fn warn(work: &Work<'_>, marks: &Marks, blanks: &[Blank], merged: &mut Merged) -> Result<(), Stop> {
    let mut told: BTreeMap<usize, (PupilId, SessionDate, u32, usize)> = BTreeMap::new();
    for blank in blanks {
        if blank.is_open && mark::standing(work.connection, blank.at, blank.pupil)?.settled.is_some() {
            continue;
        }
        told.entry(work.roll.place(blank.pupil)).or_insert((blank.pupil, blank.at, blank.row, 0)).3 += 1;
    }
    for (pupil, first, row, count) in told.into_values() {
        let Some(one) = marks.get(row as usize) else { continue };
        let who = work.roll.name_and_group(pupil);
        let text = match count {
            1 => format!("{who} has no mark at {first}, though the register is in: the session stays blank"),
            many => {
                format!("{who} has no mark in {many} registers that are in, {first} first: the sessions stay blank")
            }
        };
        merged.warnings.push(Warning { place: one.place(), text });
    }
    Ok(())
}
