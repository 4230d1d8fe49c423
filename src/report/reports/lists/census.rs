//! A cross-check of the absence figures of the school census: sessions possible and sessions of each code, by half-term. The census itself is
//! made by the school's information system.

use std::collections::{BTreeMap, BTreeSet};

use super::super::rows::{Year, number, pupil_cells, pupil_columns, year_name, year_of};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::meant;
use crate::domain::code::Code;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::Pupil;
use crate::report::layout::table::{About, Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Sessions by code and half-term.
pub const KIND: ReportKind = ReportKind {
    name: "census",
    title: "Census cross-check: sessions by code and half-term",
    audience: "whoever sends the school census",
    rhythm: "termly",
    usual: Stretch::Year,
    needs: &[Needs::HalfTermsByCode],
    make,
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let mut years: BTreeMap<Year, Vec<&Pupil>> = BTreeMap::new();
    for pupil in meant(gathered) {
        years.entry(year_of(&gathered.roll, pupil)).or_default().push(pupil);
    }
    let year = |(year, pupils): (&Year, &Vec<&Pupil>)| {
        Section::new(&year_name(*year), vec![Part::Table(of_pupils(gathered, pupils))])
    };
    let mut sections: Vec<Section> = years.iter().map(year).collect();
    sections.push(Section::new("Each pupil", vec![Part::Table(each(gathered))]));
    let notes = [
        "The census takes a term in arrears: autumn from 1 August to the end of December, spring from January to Easter, and both halves of \
         summer. Add the half-terms that lie in the term asked for.",
        "Codes as they stand now, every pupil from the day of joining to the day of leaving, of whatever age. Possible is all that counts in \
         the percentages: not #, D, Q, X, Y and Z, and no blank.",
    ];
    (sections, notes.map(str::to_owned).to_vec())
}

/// The codes that are held, in the order of the table.
fn codes(gathered: &Gathered, pupils: &[&Pupil]) -> Vec<Code> {
    let held: BTreeSet<Code> =
        pupils.iter().flat_map(|pupil| gathered.facts.by_code.codes(pupil.id, None).into_keys()).collect();
    gathered.roll.codes.rows().iter().map(|row| row.code).filter(|code| held.contains(code)).collect()
}

/// A row a code, a column a half-term.
fn of_pupils(gathered: &Gathered, pupils: &[&Pupil]) -> Table {
    let stretches = 0..gathered.facts.by_code.stretches().len();
    let named = gathered.facts.stretches.iter().map(|name| Column::new(name, Unit::Number));
    let columns =
        [Column::new("sessions", Unit::Text)].into_iter().chain(named).chain([Column::new("all", Unit::Number)]);
    let sums: Vec<Figures> = stretches.clone().map(|stretch| sum(gathered, pupils, stretch)).collect();
    let line = |name: String, pupils: usize, counts: Vec<u32>| {
        let all: u32 = counts.iter().sum();
        let cells = [Cell::text(name)].into_iter().chain(counts.into_iter().map(number)).chain([number(all)]);
        Row::group(pupils, None, cells.collect())
    };
    let mut rows = vec![
        line("possible".to_owned(), pupils.len(), sums.iter().map(|one| one.possible).collect()),
        line("blank".to_owned(), pupils.len(), sums.iter().map(|one| one.blanks).collect()),
    ];
    for code in codes(gathered, pupils) {
        let of = |pupil: &Pupil, stretch: Option<usize>| {
            gathered.facts.by_code.codes(pupil.id, stretch).get(&code).copied().unwrap_or_default()
        };
        let counts = stretches.clone().map(|stretch| pupils.iter().map(|pupil| of(pupil, Some(stretch))).sum());
        let meaning = gathered.roll.codes.row(code).map(|row| format!(": {}", row.meaning)).unwrap_or_default();
        let with = pupils.iter().filter(|pupil| of(pupil, None) > 0).count();
        rows.push(line(format!("{code}{meaning}"), with, counts.collect()));
    }
    Table::new(columns.collect(), "Nobody.").with(rows)
}

fn sum(gathered: &Gathered, pupils: &[&Pupil], stretch: usize) -> Figures {
    let (by_code, table) = (&gathered.facts.by_code, &gathered.roll.codes);
    pupils.iter().map(|pupil| by_code.figures(pupil.id, Some(stretch), table)).sum()
}

/// A row a pupil and half-term, a column a code: for a spreadsheet.
fn each(gathered: &Gathered) -> Table {
    let pupils: Vec<&Pupil> = meant(gathered).collect();
    let codes = codes(gathered, &pupils);
    let own = [
        Column::new("UPN", Unit::Text),
        Column::new("year", Unit::Text),
        Column::new("half-term", Unit::Text),
        Column::new("possible", Unit::Number),
        Column::new("attended", Unit::Number),
        Column::new("auth.", Unit::Number),
        Column::new("unauth.", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let by_code = codes.iter().map(|code| Column::new(code.as_str(), Unit::Number));
    let columns = pupil_columns().into_iter().chain(own).chain(by_code).collect();
    let rows = pupils.iter().flat_map(|pupil| {
        let codes = &codes;
        gathered.facts.stretches.iter().enumerate().filter_map(move |(stretch, name)| {
            let figures = gathered.facts.by_code.figures(pupil.id, Some(stretch), &gathered.roll.codes);
            let marks = gathered.facts.by_code.codes(pupil.id, Some(stretch));
            if marks.is_empty() && figures.blanks == 0 {
                return None;
            }
            let own = [
                Cell::text(pupil.upn.clone().unwrap_or_default()),
                Cell::text(gathered.roll.year_of(pupil).map(|year| year.to_string()).unwrap_or_default()),
                Cell::text(name.clone()),
                number(figures.possible),
                number(figures.attended),
                number(figures.authorised),
                number(figures.unauthorised),
                number(figures.blanks),
            ];
            let counts = codes.iter().map(|code| number(marks.get(code).copied().unwrap_or_default()));
            let cells = pupil_cells(&gathered.roll, pupil).into_iter().chain(own).chain(counts).collect();
            Some(Row { about: About::Pupil, cells })
        })
    });
    Table::new(columns, "Nobody.").with(rows).for_spreadsheets()
}
