//! The tracking sheet that a school kept by hand, laid beside what the record says of the same pupils and weeks.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::Gathered;
use super::super::rows::{attendance, number, pupil_cells, pupil_columns};
use super::meant;
use crate::domain::counted::counted;
use crate::domain::figures::Figures;
use crate::domain::figures::hand_sheet::{HandRow, HandSheet, is_same};
use crate::domain::people::pupil::Pupil;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// More rows that differ are for a spreadsheet.
const MANY: usize = 60;

/// How many percentages of a week are the same in both, and how many are not.
#[derive(Default)]
struct Week {
    same: usize,
    differ: usize,
    sheet_alone: usize,
    record_alone: usize,
}

/// What both say of one pupil's week.
struct Beside<'p> {
    pupil: &'p Pupil,
    week: usize,
    sheet: Option<u32>,
    record: Figures,
}

impl Beside<'_> {
    fn differs(&self) -> bool {
        matches!((self.sheet, self.record.attendance_tenths()), (Some(sheet), Some(record)) if !is_same(sheet, record))
    }
}

/// The section of it.
pub fn section(gathered: &Gathered, sheet: &HandSheet) -> Section {
    let roll = &gathered.roll;
    let (mut rows, mut nobody): (BTreeMap<_, &HandRow>, Vec<&HandRow>) = (BTreeMap::new(), Vec::new());
    for row in &sheet.rows {
        match row.pupil(roll) {
            Some(pupil) => {
                rows.insert(pupil.id, row);
            }
            None => nobody.push(row),
        }
    }
    let weeks = &gathered.facts.stretches;
    let each = meant(gathered).filter_map(|pupil| Some((pupil, *rows.get(&pupil.id)?)));
    let each: Vec<Beside<'_>> = each
        .flat_map(|(pupil, row)| {
            weeks.iter().enumerate().map(move |(week, name)| {
                let sheet = row.weeks.iter().find(|(monday, _)| is_named(*monday, name)).map(|(_, tenths)| *tenths);
                let record = gathered.facts.by_code.figures(pupil.id, Some(week), &roll.codes);
                Beside { pupil, week, sheet, record }
            })
        })
        .collect();
    let pupils = meant(gathered).filter(|pupil| rows.contains_key(&pupil.id)).count();
    let is_told = |monday: &NaiveDate| weeks.iter().any(|name| is_named(*monday, name));
    let outside = rows.values().flat_map(|row| &row.weeks).filter(|(monday, _)| !is_told(monday)).count();
    let words = format!(
        "{}: {} with a percentage, {pupils} of pupils of this report; {} of weeks without school on these dates. Two percentages are the \
         same that are not more than half a point apart.",
        sheet.file,
        counted(sheet.rows.len(), "row"),
        counted(outside, "percentage"),
    );
    let parts = vec![
        Part::Words(words),
        Part::Table(by_week(weeks, &each, pupils)),
        Part::Table(differing(gathered, &each)),
        Part::Table(of_nobody(&nobody)),
    ];
    Section::new("Beside the sheet kept by hand", parts)
}

/// Whether a week of the report is that of this Monday.
fn is_named(monday: NaiveDate, week: &str) -> bool {
    monday.format("%-d %b %Y").to_string() == week
}

fn by_week(weeks: &[String], each: &[Beside<'_>], pupils: usize) -> Table {
    let columns = vec![
        Column::new("week from", Unit::Text),
        Column::new("the same", Unit::Number),
        Column::new("differ", Unit::Number),
        Column::new("in the sheet alone", Unit::Number),
        Column::new("in the record alone", Unit::Number),
    ];
    let rows = weeks.iter().enumerate().map(|(place, name)| {
        let mut week = Week::default();
        for one in each.iter().filter(|one| one.week == place) {
            match (one.sheet, one.record.attendance_tenths()) {
                (Some(_), Some(_)) if one.differs() => week.differ += 1,
                (Some(_), Some(_)) => week.same += 1,
                (Some(_), None) => week.sheet_alone += 1,
                (None, Some(_)) => week.record_alone += 1,
                (None, None) => {}
            }
        }
        let cells = [week.same, week.differ, week.sheet_alone, week.record_alone].map(number);
        Row::group(pupils, None, [Cell::text(name.clone())].into_iter().chain(cells).collect())
    });
    Table::new(columns, "There was no school.").with(rows)
}

fn differing(gathered: &Gathered, each: &[Beside<'_>]) -> Table {
    let own = [
        Column::new("week from", Unit::Text),
        Column::new("sheet %", Unit::Percent),
        Column::new("record %", Unit::Percent),
        Column::new("points", Unit::Points),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let rows = each.iter().filter(|one| one.differs()).map(|one| {
        let (sheet, record) = (one.sheet.map(i64::from), one.record.attendance_tenths().map(i64::from));
        let points = sheet.zip(record).map(|(sheet, record)| record - sheet);
        let own = [
            Cell::text(gathered.facts.stretches.get(one.week).cloned().unwrap_or_default()),
            Cell::some(sheet, Cell::Percent),
            attendance(one.record),
            Cell::some(points, Cell::Points),
            number(one.record.possible),
            number(one.record.blanks),
        ];
        Row::pupil(pupil_cells(&gathered.roll, one.pupil).into_iter().chain(own).collect())
    });
    let table = Table::new(pupil_columns().into_iter().chain(own).collect(), "None differs.")
        .with(rows)
        .called("Those that differ");
    if table.rows.len() > MANY { table.for_spreadsheets() } else { table }
}

/// Rows that are no pupil's: a total, a leaver who is not held, a name that two have.
fn of_nobody(rows: &[&HandRow]) -> Table {
    let columns = vec![Column::name("row"), Column::new("number", Unit::Text), Column::new("weeks", Unit::Number)];
    let rows = rows.iter().map(|row| {
        Row::pupil(vec![Cell::text(row.name.clone()), Cell::text(row.number.clone()), number(row.weeks.len())])
    });
    Table::new(columns, "Every row is a pupil's.").with(rows).called("Rows that fit no pupil, or several")
}
