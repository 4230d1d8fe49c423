//! The tracking sheet: attendance by pupil and week, as many schools keep it by hand.

use std::collections::BTreeMap;

use super::super::rows::{Year, attendance, number, pupil_cells, pupil_columns, year_name, year_of};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::{by_hand, meant};
use crate::domain::figures::Figures;
use crate::domain::people::pupil::Pupil;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Attendance by pupil and week.
pub const KIND: ReportKind = ReportKind {
    name: "tracking",
    title: "Tracking sheet: attendance by week",
    audience: "heads of year and the attendance lead",
    rhythm: "weekly",
    usual: Stretch::Year,
    needs: &[Needs::WeeksByCode, Needs::ByHand],
    make,
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let mut sections = vec![
        Section::new("Year groups", vec![Part::Table(by_year(gathered))]),
        Section::new("Each pupil", vec![Part::Table(each(gathered))]),
    ];
    sections.extend(gathered.facts.by_hand.as_ref().map(|sheet| by_hand::section(gathered, sheet)));
    let notes = [
        "Percent of the possible sessions of each week from Monday that were attended; a week in which none was possible is empty. Blanks \
         count neither way.",
        "In the workbook each pupil's percentages have a colour: dark for 50 or less, middle for 90 or less, pale for less than 95, and none \
         from there on.",
    ];
    (sections, notes.map(str::to_owned).to_vec())
}

fn figures(gathered: &Gathered, pupil: &Pupil, week: Option<usize>) -> Figures {
    gathered.facts.by_code.figures(pupil.id, week, &gathered.roll.codes)
}

/// A row a week, a column a year group.
fn by_year(gathered: &Gathered) -> Table {
    let mut years: BTreeMap<Year, Vec<&Pupil>> = BTreeMap::new();
    for pupil in meant(gathered) {
        years.entry(year_of(&gathered.roll, pupil)).or_default().push(pupil);
    }
    let named = years.keys().map(|year| Column::new(&year_name(*year), Unit::Percent));
    let own =
        [Column::new("all", Unit::Percent), Column::new("possible", Unit::Number), Column::new("blank", Unit::Number)];
    let columns = [Column::new("week from", Unit::Text)].into_iter().chain(named).chain(own);
    // The least of the year groups decides what may be told without names.
    let least = years.values().map(Vec::len).min().unwrap_or(0);
    let rows = gathered.facts.stretches.iter().enumerate().filter_map(|(week, name)| {
        let sum =
            |pupils: &Vec<&Pupil>| pupils.iter().map(|pupil| figures(gathered, pupil, Some(week))).sum::<Figures>();
        let sums: Vec<Figures> = years.values().map(sum).collect();
        let whole: Figures = sums.iter().copied().sum();
        let cells = [Cell::text(name.clone())].into_iter().chain(sums.iter().map(|one| attendance(*one)));
        let cells = cells.chain([attendance(whole), number(whole.possible), number(whole.blanks)]);
        (whole.possible + whole.blanks > 0).then(|| Row::group(least, None, cells.collect()))
    });
    Table::new(columns.collect(), "There was no school.").with(rows)
}

/// A row a pupil, a column a week: for a spreadsheet.
fn each(gathered: &Gathered) -> Table {
    let own = [
        Column::new("year", Unit::Text),
        Column::new("att. %", Unit::Percent),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let weeks = gathered.facts.stretches.iter().map(|name| Column::new(name, Unit::Percent));
    let columns = pupil_columns().into_iter().chain(own).chain(weeks).collect();
    let rows = meant(gathered).map(|pupil| {
        let all = figures(gathered, pupil, None);
        let own = [
            Cell::text(gathered.roll.year_of(pupil).map(|year| year.to_string()).unwrap_or_default()),
            attendance(all),
            number(all.possible),
            number(all.blanks),
        ];
        let weeks = (0..gathered.facts.stretches.len()).map(|week| attendance(figures(gathered, pupil, Some(week))));
        Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).chain(weeks).collect())
    });
    Table::new(columns, "Nobody.").with(rows).for_spreadsheets().with_bands()
}
