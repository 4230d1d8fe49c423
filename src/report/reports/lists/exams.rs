//! Attendance over the dates of exams. The record holds no entries for exams: it is told of every session of the dates.

use super::super::rows::{attendance, number, pupil_cells, pupil_columns, sum_cells, sum_columns, year_name};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::meant;
use crate::domain::figures::split::{By, Key};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Attendance over exam dates.
pub const KIND: ReportKind = ReportKind {
    name: "exams",
    title: "Attendance over exam dates",
    audience: "the exams officer and the head of year",
    rhythm: "each series of exams",
    usual: Stretch::Week,
    needs: &[Needs::Counts, Needs::Missed],
    make,
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let columns = [Column::new("year", Unit::Text)].into_iter().chain(sum_columns()).collect();
    let years = gathered.counts.parts(By::Year);
    let rows = years.iter().filter_map(|part| {
        let Key::Year(year) = part.key else { return None };
        let name = Cell::text(year_name((year.is_none(), year)));
        let pupils = part.pupils.and_then(|pupils| usize::try_from(pupils).ok()).unwrap_or_default();
        Some(Row::group(pupils, None, [name].into_iter().chain(sum_cells(part)).collect()))
    });
    let by_year = Table::new(columns, "Nothing is counted: no register of these dates has opened.").with(rows);
    let sections = vec![
        Section::new("Year groups", vec![Part::Table(by_year)]),
        Section::new("Who missed a session", vec![Part::Table(missed(gathered))]),
    ];
    let note = "The record holds no entries for exams: this is every session of the dates, whether or not a pupil had an exam in it. Say the \
                dates with --from and --to, and the year groups with --year 11,13. Study leave (S) is an authorised absence.";
    (sections, vec![note.to_owned()])
}

/// Each pupil who missed a session, with which.
fn missed(gathered: &Gathered) -> Table {
    let own = [
        Column::new("att. %", Unit::Percent),
        Column::new("possible", Unit::Number),
        Column::new("missed", Unit::Number),
        Column::new("unauth.", Unit::Number),
        Column::new("sessions and codes", Unit::Text),
    ];
    let columns = pupil_columns().into_iter().chain(own).collect();
    let rows = meant(gathered).filter_map(|pupil| {
        let sessions = gathered.facts.missed.get(&pupil.id)?;
        let said: Vec<String> = sessions.iter().map(|(at, code)| format!("{at} {code}")).collect();
        let figures = gathered.counts.of(pupil.id);
        let own = [
            attendance(figures),
            number(figures.possible),
            number(sessions.len()),
            number(figures.unauthorised),
            Cell::text(said.join(", ")),
        ];
        Some(Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).collect()))
    });
    Table::new(columns, "Nobody missed a session.").with(rows)
}
