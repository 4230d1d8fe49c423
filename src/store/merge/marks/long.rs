//! Many marks, brought in many short changes: the last dates first, for it is those that other desks work at.

use std::mem::take;
use std::ops::Range;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::others::Others;
use super::parts::{MARKS, Parts};
use super::settled::{Blank, Settled, settle};
use super::{Prepared, Told, blanks, checked, written};
use crate::domain::act_id::ActId;
use crate::domain::incoming::{Marks, REFUSED_MAX};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::{Stop, Work};
use crate::store::journal;
use crate::store::merge::{Count, Merged};
use crate::store::tables::incoming::arriving;
use crate::store::tables::mark;

/// Rows that are settled one by one, in one change: each weighs days of its own.
const ONE_BY_ONE: usize = if cfg!(test) { 2 } else { 40 };

/// Marks that are checked, and are brought in many changes.
pub struct Long {
    /// Those still to be brought.
    pub to_come: ToCome,
    /// What became of the others.
    pub brought: Brought,
}

/// Marks that are still to be brought.
pub struct ToCome {
    /// Whom each way to name a pupil means.
    pub pupils: Vec<Option<PupilId>>,
    /// Their rows, by date.
    rows: Vec<u32>,
}

/// What marks came to.
#[derive(Default)]
pub struct Brought {
    told: Told,
    count: Count,
    outweighed: u64,
    blanks: Vec<Blank>,
    one_by_one: Vec<u32>,
}

/// The dates that are brought next.
pub struct Window {
    /// Where their rows are, among those to come.
    rows: Range<usize>,
    /// So many marks were to be in a part.
    size: usize,
    last_date: NaiveDate,
    parts: Parts,
    /// What each part comes to; nothing of one that is written.
    settled: Vec<Option<Settled>>,
    is_left: Vec<bool>,
    /// The last act as of which they are settled.
    last: ActId,
}

/// How far back dates reach that are brought together.
pub struct Reach {
    from: usize,
    size: usize,
}

impl Long {
    /// Those that are checked.
    pub fn new(prepared: Prepared) -> Long {
        let Prepared { pupils, rows, told, settled: _ } = prepared;
        Long { to_come: ToCome { pupils, rows }, brought: Brought { told, ..Brought::default() } }
    }

    /// Whether more are refused than may be.
    pub fn is_too_much(&self, merged: &Merged) -> bool {
        merged.rejects.len() + self.brought.told.rejects.len() > REFUSED_MAX
    }

    /// Check the rows once more that are to come, of these dates and those before: the roll has changed.
    pub fn check_again(&mut self, work: &Work<'_>, marks: &Marks, window: &mut Window) -> Result<(), Stop> {
        let ToCome { pupils, rows } = &mut self.to_come;
        let later = rows.split_off(window.rows.start);
        let left: Vec<u32> = later.into_iter().filter(|row| window.is_row_left(marks, pupils, *row)).collect();
        *rows = self.brought.check_again(work, marks, pupils, rows)?;
        let left = self.brought.check_again(work, marks, pupils, &left)?;
        window.rows = rows.len()..rows.len() + left.len();
        rows.extend(left);
        Ok(())
    }

    /// Check those once more that are settled in the record itself.
    pub fn check_one_by_one_again(&mut self, work: &Work<'_>, marks: &Marks) -> Result<(), Stop> {
        let rows = take(&mut self.brought.one_by_one);
        self.brought.one_by_one = self.brought.check_again(work, marks, &self.to_come.pupils, &rows)?;
        Ok(())
    }
}

impl ToCome {
    /// The last of all dates, settled.
    pub fn last(&self, work: &Work<'_>, marks: &Marks) -> Result<Option<Window>, Stop> {
        self.settled(work, marks, &self.rows, MARKS)
    }

    /// The dates before those of `window`, settled; some more of them, where those were few.
    pub fn before(&self, work: &Work<'_>, marks: &Marks, window: &Reach) -> Result<Option<Window>, Stop> {
        let size = MARKS.min(window.size + window.size.div_ceil(2));
        self.settled(work, marks, self.rows.get(..window.from).unwrap_or_default(), size)
    }

    /// Settle the last dates of `rows`, and write nothing: as many as fill every part with `size` marks, or fewer where those change so much
    /// that it would take long to write a part. `None` where there are no rows.
    fn settled(&self, work: &Work<'_>, marks: &Marks, rows: &[u32], size: usize) -> Result<Option<Window>, Stop> {
        let date = |row: Option<&u32>| row.and_then(|row| marks.get(*row as usize)).map(|one| one.at.date);
        let (Some(last_date), mut size) = (date(rows.last()), size) else { return Ok(None) };
        loop {
            let parts = Parts::of(work.roll);
            let (from, count) = (parts.window(marks, rows, size), parts.count());
            let (settled, is_left) = ((0..count).map(|_| None).collect(), vec![true; count]);
            let (rows, is_one_date) = (from..rows.len(), date(rows.get(from)) == Some(last_date));
            let mut window = Window { rows, size, last_date, parts, settled, is_left, last: ActId::default() };
            self.settle(work, marks, &mut window)?;
            let weight = window.settled.iter().flatten().map(Settled::weight).max().unwrap_or_default();
            let fewer = size * MARKS / weight.max(1);
            if weight <= 2 * MARKS || is_one_date || fewer == 0 {
                return Ok(Some(window));
            }
            size = fewer;
        }
    }

    /// Settle what is left of the dates, and write nothing.
    pub fn settle(&self, work: &Work<'_>, marks: &Marks, window: &mut Window) -> Result<(), Stop> {
        let act = arriving::standing(work.connection)?.map(|import| import.act);
        let others = Others::since(work.connection, act)?;
        let rows = self.rows.get(window.rows.clone()).unwrap_or_default();
        let left: Vec<u32> = rows.iter().copied().filter(|row| window.is_row_left(marks, &self.pupils, *row)).collect();
        let mut settled: Vec<Settled> = window.is_left.iter().map(|_| Settled::default()).collect();
        let part_of = |pupil: &_| window.parts.of_pupil(pupil);
        settle(&mut settled, &part_of, work, (marks, &self.pupils, &left), &others)?;
        window.settled =
            settled.into_iter().zip(&window.is_left).map(|(one, left)| Some(one).filter(|_| *left)).collect();
        window.last = journal::last(work.connection)?;
        Ok(())
    }

    /// Write the next parts of the dates, as many as one change should; which they are.
    pub fn write(
        &self,
        work: &Work<'_>,
        marks: &Marks,
        window: &Window,
        step: &mut dyn FnMut(),
    ) -> Result<Vec<usize>, Stop> {
        let (mut done, mut count) = (Vec::new(), 0);
        for (part, settled) in window.settled.iter().enumerate() {
            let Some(settled) = settled else { continue };
            if !done.is_empty() && count + settled.weight() > MARKS {
                break;
            }
            count += settled.weight();
            written::write_registers(work, marks, &settled.registers)?;
            written::write_few(work, marks, &self.pupils, settled, step)?;
            done.push(part);
        }
        Ok(done)
    }

    /// All parts of these dates are in the record.
    pub fn forget(&mut self, window: &Window) {
        self.rows.truncate(window.rows.start);
    }
}

impl Brought {
    /// Which of `rows` can still be used; what is wrong with the others is told.
    fn check_again(
        &mut self,
        work: &Work<'_>,
        marks: &Marks,
        pupils: &[Option<PupilId>],
        rows: &[u32],
    ) -> Result<Vec<u32>, Stop> {
        let asked = rows.iter().copied();
        let (rows, told) = checked::check_rows(work, marks, pupils, asked, &Merged::default(), &mut || {})?;
        self.told.rejects.extend(told.rejects);
        Ok(rows)
    }

    /// These parts are in the record.
    pub fn written(&mut self, window: &mut Window, parts: &[usize]) {
        for part in parts {
            if let Some(left) = window.is_left.get_mut(*part) {
                *left = false;
            }
            let Some(settled) = window.settled.get_mut(*part).and_then(Option::take) else { continue };
            let Count { new, changed, same, gone } = settled.count;
            self.count.new += new;
            self.count.changed += changed;
            self.count.same += same;
            self.count.gone += gone;
            self.outweighed += settled.outweighed;
            self.told.rejects.extend(settled.told.rejects);
            self.told.warnings.extend(settled.told.warnings);
            self.blanks.extend(settled.blanks);
            self.one_by_one.extend(settled.one_by_one);
        }
    }

    /// The first of the rows that are settled in the record itself, in the order of the file; how many that are.
    pub fn write_one_by_one(
        &self,
        work: &Work<'_>,
        marks: &Marks,
        pupils: &[Option<PupilId>],
    ) -> Result<OneByOne, Stop> {
        let others = Others::since(work.connection, Some(work.act))?;
        let (mut used, mut done) = (Vec::new(), OneByOne::default());
        for row in self.one_by_one.iter().take(ONE_BY_ONE) {
            done.rows += 1;
            let Some(one) = marks.get(*row as usize) else { continue };
            let id = pupils.get(one.pupil).copied().flatten();
            let Some(pupil) = id.and_then(|id| work.roll.pupil(id)) else { continue };
            if others.are_about(pupil.id) {
                let was = mark::standing(work.connection, one.at, pupil.id)?.tutor;
                *if was.is_some() { &mut done.not_changed } else { &mut done.not_new } += 1;
                done.told.refuse_changed(*row, &one, pupil);
                continue;
            }
            used.push(*row);
        }
        done.outweighed = written::one_by_one(work, marks, pupils, used)?;
        Ok(done)
    }

    /// These are in the record.
    pub fn written_one_by_one(&mut self, done: OneByOne) {
        self.one_by_one.drain(..done.rows.min(self.one_by_one.len()));
        self.count.new = self.count.new.saturating_sub(done.not_new);
        self.count.changed = self.count.changed.saturating_sub(done.not_changed);
        self.outweighed += done.outweighed;
        self.told.rejects.extend(done.told.rejects);
    }

    /// Put those rows in order that are settled in the record itself; whether there are any.
    pub fn has_one_by_one(&mut self) -> bool {
        self.one_by_one.sort_unstable();
        !self.one_by_one.is_empty()
    }

    /// Tell of it all in `merged`.
    pub fn tell(mut self, work: &Work<'_>, marks: &Marks, merged: &mut Merged) -> Result<(), Stop> {
        merged.marks = self.count;
        merged.outweighed += self.outweighed;
        // As the rows stand in the files.
        self.told.rejects.sort_by_key(|(row, _)| *row);
        self.told.warnings.sort_by_key(|(row, _)| *row);
        merged.rejects.extend(take(&mut self.told.rejects).into_iter().map(|(_, reject)| reject));
        merged.warnings.extend(take(&mut self.told.warnings).into_iter().map(|(_, warning)| warning));
        self.blanks.sort_by_key(|blank| blank.at);
        blanks::warn(work, marks, &self.blanks, merged)
    }
}

/// What came of rows that were settled in the record itself.
#[derive(Default)]
pub struct OneByOne {
    rows: usize,
    outweighed: u64,
    not_new: u64,
    not_changed: u64,
    told: Told,
}

impl Window {
    /// How far it reaches.
    pub fn reach(&self) -> Reach {
        Reach { from: self.rows.start, size: self.size }
    }

    fn is_row_left(&self, marks: &Marks, pupils: &[Option<PupilId>], row: u32) -> bool {
        let id = marks.get(row as usize).and_then(|one| pupils.get(one.pupil).copied().flatten());
        id.is_some_and(|id| self.is_left.get(self.parts.of_id(id)).copied().unwrap_or_default())
    }

    /// The parts in which nothing is to be written.
    pub fn nothing(&self) -> Vec<usize> {
        let settled = self.settled.iter().enumerate();
        settled.filter(|(_, one)| one.as_ref().is_some_and(Settled::is_nothing)).map(|(part, _)| part).collect()
    }

    /// Whether all parts are in the record.
    pub fn is_done(&self) -> bool {
        !self.is_left.contains(&true)
    }

    /// Whether an act of others since these were settled can have changed one of the dates.
    pub fn is_changed(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let act = arriving::standing(connection)?.map(|import| import.act);
        let acts = journal::about_after(connection, self.last)?;
        Ok(acts.into_iter().any(|(other, about)| Some(other) != act && about <= self.last_date))
    }
}
