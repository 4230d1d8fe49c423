//! Reports that are lists: who is to be looked at today, what is to be told to the local authority, what a meeting needs of each pupil.

mod by_hand;
pub mod census;
pub mod exams;
pub mod facts;
pub mod leave_card;
pub mod penalty;
pub mod providers;
pub mod returns;
#[cfg(test)]
mod tests;
pub mod today;
pub mod tracking;
pub mod tsm;

use std::collections::BTreeMap;

use super::Gathered;
use crate::domain::code::{Code, CodeTable, Statistic};
use crate::domain::figures::Figures;
use crate::domain::people::pupil::{Flags, Pupil};
use crate::domain::school::roll::Roll;
use crate::report::layout::table::{Column, Unit};
use crate::report::reports::rows::{attendance, number};
use crate::report::tables::cell::Cell;

/// The pupils who are meant and were on roll on one of the dates, by name.
fn meant(gathered: &Gathered) -> impl Iterator<Item = &Pupil> {
    let (first, last) = gathered.dates;
    let end = last.succ_opt().unwrap_or(last);
    let roll: &Roll = &gathered.roll;
    let is_meant =
        move |pupil: &&Pupil| gathered.whom.includes(roll, pupil) && !pupil.on_roll_within(first..end).is_empty();
    roll.pupils.iter().filter(is_meant)
}

/// "CP CLA".
fn letters(flags: Flags) -> String {
    flags.iter().map(|flag| flag.letters()).collect::<Vec<_>>().join(" ")
}

/// "O 12, I 4": the codes that count as absence, the most frequent first.
fn absences(codes: &BTreeMap<Code, u32>, table: &CodeTable) -> String {
    let is_absence =
        |code: Code| matches!(table.statistic(code), Some(Statistic::Authorised | Statistic::Unauthorised));
    let mut absences: Vec<(Code, u32)> =
        codes.iter().map(|(code, count)| (*code, *count)).filter(|(code, _)| is_absence(*code)).collect();
    absences.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    absences.iter().map(|(code, count)| format!("{code} {count}")).collect::<Vec<_>>().join(", ")
}

/// The columns of a pupil's figures.
fn figure_columns() -> [Column; 5] {
    [
        Column::new("att. %", Unit::Percent),
        Column::new("possible", Unit::Number),
        Column::new("auth.", Unit::Number),
        Column::new("unauth.", Unit::Number),
        Column::new("blank", Unit::Number),
    ]
}

/// Their cells.
fn figure_cells(figures: Figures) -> [Cell<'static>; 5] {
    [
        attendance(figures),
        number(figures.possible),
        number(figures.authorised),
        number(figures.unauthorised),
        number(figures.blanks),
    ]
}
