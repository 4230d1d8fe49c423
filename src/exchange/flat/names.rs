//! What many rows of marks say alike is read once: whom they name, the date, and who took the register.

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::domain::incoming::{Marks, Reject};
use crate::exchange::cells::key::{KeyColumns, key_text};
use crate::exchange::table::{Cell, Column, Row};

/// What was read already, by its cells.
#[derive(Default)]
pub struct Names {
    pupils: HashMap<String, PupilNumbers>,
    /// Pupils by the number that a file knows them by: two ways to name one are one here.
    seen_as: HashMap<String, u32>,
    sources: HashMap<String, u32>,
    date: Option<(String, NaiveDate)>,
    cells: String,
}

/// The numbers by which a pupil is known.
#[derive(Clone, Copy, Debug)]
pub struct PupilNumbers {
    /// That of this way to name them, among the marks.
    pub number: u32,
    /// That of the pupil, in this file.
    pub seen_as: u32,
}

impl Names {
    /// Whom a row names.
    pub fn pupil(&mut self, row: Row<'_>, columns: KeyColumns, marks: &mut Marks) -> Result<PupilNumbers, Reject> {
        self.cells.clear();
        for cell in columns.cells(row) {
            self.cells.push_str(cell.as_str());
            self.cells.push('\n');
        }
        if let Some(known) = self.pupils.get(&self.cells) {
            return Ok(*known);
        }
        let (key, _) = columns.read(row)?;
        let next = u32::try_from(self.seen_as.len()).unwrap_or(u32::MAX);
        let seen_as = *self.seen_as.entry(key_text(&key).to_owned()).or_insert(next);
        let numbers = PupilNumbers { number: marks.number_of(key), seen_as };
        self.pupils.insert(self.cells.clone(), numbers);
        Ok(numbers)
    }

    /// The date in a cell, which is mostly that of the row before.
    pub fn date(&mut self, cell: &Cell<'_>) -> Result<NaiveDate, Reject> {
        match &self.date {
            Some((text, date)) if text == cell.as_str() => Ok(*date),
            _ => {
                let date = cell.needed_date()?;
                self.date = Some((cell.as_str().to_owned(), date));
                Ok(date)
            }
        }
    }

    /// The number of the file and of who took the register.
    pub fn source(&mut self, row: Row<'_>, by: Column, marks: &mut Marks) -> u32 {
        let cell = row.cell(by);
        if let Some(known) = self.sources.get(cell.as_str()) {
            return *known;
        }
        let who = cell.as_str();
        let source = marks.source(&row.place().file, Some(who).filter(|who| !who.is_empty()));
        self.sources.insert(who.to_owned(), source);
        source
    }

    /// Of each way to name a pupil among `marks`, the pupil's number in this file.
    pub fn pupils_of(&self, marks: &Marks) -> Vec<Option<u32>> {
        marks.pupils().iter().map(|key| self.seen_as.get(key_text(key)).copied()).collect()
    }
}
