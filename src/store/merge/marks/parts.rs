//! Many marks in parts: each is written by a change of its own, which is short. A register is in one part whole.
//!
//! A part is of some tutor groups and some dates. The marks lie by date in their table and by pupil in its index: so few pages of both
//! are written, where all pupils of a date, or all dates of a pupil, would be spread over one of the two.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::domain::incoming::Marks;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// So many new marks are written by one change, or a few more.
pub const MARKS: usize = if cfg!(test) { 12 } else { 9_000 };
/// So many pupils are in one part, or a group more.
const PUPILS: usize = if cfg!(test) { 3 } else { 200 };

/// In which part each pupil is.
pub struct Parts {
    of: HashMap<PupilId, usize>,
    count: usize,
}

impl Parts {
    /// Those of a roll: groups whole, whoever is in none by their numbers.
    pub fn of(roll: &Roll) -> Parts {
        let mut groups: BTreeMap<_, Vec<PupilId>> = BTreeMap::new();
        let mut none = Vec::new();
        for pupil in &roll.pupils {
            match pupil.group {
                Some(group) => groups.entry(group).or_default().push(pupil.id),
                None => none.push(pupil.id),
            }
        }
        let mut groups: Vec<Vec<PupilId>> = groups.into_values().collect();
        none.sort_unstable();
        groups.extend(none.chunks(PUPILS).map(<[PupilId]>::to_vec));
        // Neighbours in the table.
        groups.sort_by_key(|members| members.iter().min().copied());
        let (mut of, mut part, mut size) = (HashMap::new(), 0, 0);
        for members in groups {
            if size > 0 && size + members.len() > PUPILS {
                (part, size) = (part + 1, 0);
            }
            size += members.len();
            of.extend(members.into_iter().map(|id| (id, part)));
        }
        Parts { of, count: part + 1 }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// That of a pupil.
    pub fn of_pupil(&self, pupil: &Pupil) -> usize {
        self.of_id(pupil.id)
    }

    /// The same by the pupil's number.
    pub fn of_id(&self, id: PupilId) -> usize {
        self.of.get(&id).copied().unwrap_or_default()
    }

    /// Where the last dates of `rows`, which are in order of them, begin that are brought together: whole dates, as many as fill every
    /// part with `size` marks.
    pub fn window(&self, marks: &Marks, rows: &[u32], size: usize) -> usize {
        let date = |place: usize| rows.get(place).and_then(|row| marks.get(*row as usize)).map(|one| one.at.date);
        let earliest = rows.len().saturating_sub(size.saturating_mul(self.count));
        if earliest == 0 {
            return 0;
        }
        let cut = date(earliest);
        let from = rows.partition_point(|row| marks.get(*row as usize).map(|one| one.at.date) <= cut);
        // One date alone may be more than that.
        let last = date(rows.len().saturating_sub(1));
        if from < rows.len() {
            return from;
        }
        rows.partition_point(|row| marks.get(*row as usize).map(|one| one.at.date) < last)
    }
}
