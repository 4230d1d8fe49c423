//! Marks from registers kept elsewhere: tutors' evidence, weighed like any other.
//!
//! They are many, so they are merged in steps. Each row is [`checked`] by itself, in the order of the file. The rows of a date are
//! then [`settled`] together, against the facts of that date, read once: nothing is written, and no lock is needed. What came of it
//! is [`written`] in the order of the tables. Only where something reported speaks of several dates are rows settled one by one, in
//! the record itself.

mod blanks;
mod checked;
pub mod long;
#[cfg(test)]
mod one_by_one;
pub mod others;
mod parts;
mod settled;
#[cfg(test)]
mod tests;
pub mod told;
mod written;

use std::mem::take;
use std::slice;

use chrono::NaiveDate;

use super::{Count, Merged};
use crate::domain::act_id::ActId;
use crate::domain::incoming::{Marks, REFUSED_MAX, Reject, Warning};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::{Stop, Work};
use others::Others;
use settled::{Settled, settle};

/// The number that the import's act is taken to have until it has one: later than every other.
pub const TO_COME: ActId = ActId(i64::MAX);

/// What is told of rows, each with its place among them.
#[derive(Default)]
struct Told {
    rejects: Vec<(u32, Reject)>,
    warnings: Vec<(u32, Warning)>,
}

/// Marks that are checked and settled, and not yet written.
pub struct Prepared {
    /// Whom each way to name a pupil means.
    pupils: Vec<Option<PupilId>>,
    /// The rows that can be used, by date, those of a date as they came.
    rows: Vec<u32>,
    told: Told,
    settled: Settled,
}

impl Prepared {
    /// Check `marks`, and settle none.
    pub fn checked(work: &Work<'_>, marks: &Marks, merged: &Merged, step: &mut dyn FnMut()) -> Result<Prepared, Stop> {
        checked::check(work, marks, merged, step)
    }

    /// Check and settle `marks`. `merged` is what was merged before them; `step` is called once for each row.
    pub fn new(work: &Work<'_>, marks: &Marks, merged: &Merged, step: &mut dyn FnMut()) -> Result<Prepared, Stop> {
        let mut prepared = checked::check(work, marks, merged, step)?;
        let Prepared { pupils, rows, settled, .. } = &mut prepared;
        settle(slice::from_mut(settled), &|_| 0, work, (marks, pupils, rows), &Others::default())?;
        Ok(prepared)
    }

    /// Settle the rows of `from` and later again: somebody has changed these dates since.
    pub fn settle_again(&mut self, work: &Work<'_>, marks: &Marks, from: NaiveDate) -> Result<(), Stop> {
        self.settled.forget_from(from);
        let is_before = |row: &u32| marks.get(*row as usize).is_some_and(|one| one.at.date < from);
        let rows = self.rows.get(self.rows.partition_point(is_before)..).unwrap_or_default();
        let settled = slice::from_mut(&mut self.settled);
        settle(settled, &|_| 0, work, (marks, &self.pupils, rows), &Others::default())
    }

    /// Write what was settled, by the act of `work`, and tell of it in `merged`; `step` is called once for each row. With `dry_run` only
    /// what cannot be told without writing is written.
    pub fn write(
        self,
        work: &Work<'_>,
        marks: &Marks,
        merged: &mut Merged,
        dry_run: bool,
        step: &mut dyn FnMut(),
    ) -> Result<(), Stop> {
        let Prepared { pupils, rows: _, mut told, mut settled } = self;
        let Count { new, changed, same, gone } = settled.count;
        merged.marks = Count { new, changed, same, gone };
        merged.outweighed += settled.outweighed;
        if merged.rejects.len() + told.rejects.len() + settled.told.rejects.len() > REFUSED_MAX {
            // Nothing is merged then, and the first of them is named.
            told.rejects.extend(settled.told.rejects);
            told.rejects.sort_by_key(|(row, _)| *row);
            merged.rejects.extend(told.rejects.into_iter().map(|(_, reject)| reject));
            return Ok(());
        }
        if !dry_run || !settled.one_by_one.is_empty() {
            written::write_registers(work, marks, &settled.registers)?;
            written::write(work, marks, &pupils, &settled, step)?;
            merged.outweighed += written::one_by_one(work, marks, &pupils, take(&mut settled.one_by_one))?;
        } else {
            merged.changed_marks.extend(written::changed(marks, &pupils, &settled));
        }
        told.rejects.extend(settled.told.rejects);
        told.warnings.extend(settled.told.warnings);
        // As the rows stand in the files; of one row the check speaks first.
        told.rejects.sort_by_key(|(row, _)| *row);
        told.warnings.sort_by_key(|(row, _)| *row);
        merged.rejects.extend(told.rejects.into_iter().map(|(_, reject)| reject));
        merged.warnings.extend(told.warnings.into_iter().map(|(_, warning)| warning));
        blanks::warn(work, marks, &settled.blanks, merged)
    }
}
