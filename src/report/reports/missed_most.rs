//! Whom to talk about: those who missed most of a report's dates.

use std::cmp::Reverse;

use super::Gathered;
use super::rows::{attendance, number, pupil_cells, pupil_columns};
use crate::domain::figures::split::{By, Key};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::tables::cell::Cell;

/// How many pupils are named.
const MOST: usize = 10;

/// Who missed most of these dates.
pub fn missed_most(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let mut parts = gathered.counts.parts(By::Pupil);
    parts.retain(|part| part.figures.absent() > 0);
    parts.sort_by_key(|part| Reverse((part.figures.absent(), part.figures.unauthorised)));
    let own = [
        Column::new("missed", Unit::Number),
        Column::new("unauth.", Unit::Number),
        Column::new("possible", Unit::Number),
        Column::new("year %", Unit::Percent),
        Column::new("state", Unit::Text),
    ];
    let rows = parts.iter().take(MOST).filter_map(|part| {
        let Key::Pupil(id) = part.key else { return None };
        let year = gathered.year.of(id);
        let own = [
            number(part.figures.absent()),
            number(part.figures.unauthorised),
            number(part.figures.possible),
            attendance(year),
            Cell::text(year.absence_word().unwrap_or_default()),
        ];
        Some(Row::pupil(pupil_cells(roll, roll.pupil(id)?).into_iter().chain(own).collect()))
    });
    let columns = pupil_columns().into_iter().chain(own).collect();
    Table::new(columns, "Nobody missed a session.")
        .with(rows)
        .called(&format!("Those who missed most of these dates, {MOST} at most"))
}
