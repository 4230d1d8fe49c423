//! A report as one page of HTML, with nothing from elsewhere and no script: for a browser, and for paper. Whatever is put into the
//! template is escaped by it; nothing from a report stands in its style.

use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::svg::{Drawing, drawings};
use crate::report::layout::chart::{Chart, Shape};
use crate::report::layout::table::{About, Column, Table};
use crate::report::layout::{Part, Report};
use crate::report::tables::cell::Cell;

/// Its name ends so that what is put into it is escaped.
const NAME: &str = "report.html";
const TEMPLATE: &str = include_str!("../../data/report.html");

/// How many shades a heat map has, from 0.
const SHADES: i64 = 5;

/// So many columns always stand on a page.
const COLUMNS_MIN: usize = 12;
/// Letters that stand beside each other on A4, and the room of how many there is between two columns.
const ROOM: usize = 100;
const BETWEEN: usize = 2;

#[derive(Serialize)]
struct Page<'r> {
    title: &'r str,
    facts: Vec<(&'static str, String)>,
    sections: Vec<SectionShown<'r>>,
    notes: &'r [String],
}

#[derive(Serialize)]
struct SectionShown<'r> {
    heading: &'r str,
    begins_page: bool,
    parts: Vec<PartShown<'r>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum PartShown<'r> {
    Words { text: &'r str },
    Table { table: TableShown },
    Drawing { drawing: Drawing },
}

#[derive(Serialize)]
struct TableShown {
    /// Whether it is wider than a page.
    is_wide: bool,
    caption: String,
    none: String,
    columns: Vec<CellShown>,
    rows: Vec<RowShown>,
}

#[derive(Serialize)]
struct RowShown {
    is_total: bool,
    cells: Vec<CellShown>,
}

#[derive(Serialize)]
struct CellShown {
    text: String,
    is_number: bool,
    /// How dark, in a heat map.
    shade: Option<i64>,
}

/// The page.
pub fn page(report: &Report) -> io::Result<String> {
    let sections = report.sections.iter().map(|section| SectionShown {
        heading: &section.heading,
        begins_page: section.begins_page,
        parts: section.parts.iter().flat_map(shown).collect(),
    });
    let page = Page { title: &report.title, facts: report.facts(), sections: sections.collect(), notes: &report.notes };
    filled(&page).map_err(io::Error::other)
}

fn filled(page: &Page<'_>) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_template(NAME, TEMPLATE)?;
    templates.get_template(NAME)?.render(Serde(page))
}

fn shown(part: &Part) -> Vec<PartShown<'_>> {
    match part {
        Part::Words(text) => vec![PartShown::Words { text }],
        Part::Table(table) => vec![PartShown::Table { table: of_table(table, None) }],
        Part::Chart(chart) => {
            let drawn = drawings(chart).into_iter().map(|drawing| PartShown::Drawing { drawing });
            // Lines say little of single values; bars have them written behind.
            let table =
                (chart.shape != Shape::Bars).then(|| PartShown::Table { table: of_table(&chart.table(), Some(chart)) });
            drawn.chain(table).collect()
        }
    }
}

/// Whether not even its longest words stand beside each other on paper.
fn is_wide(table: &Table) -> bool {
    let longest = |text: &str| text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
    let of_column = |(place, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| longest(&cell.written()));
        cells.chain([longest(&column.heading)]).max().unwrap_or(0) + BETWEEN
    };
    table.columns.len() > COLUMNS_MIN && table.columns.iter().enumerate().map(of_column).sum::<usize>() > ROOM
}

/// A table; of a heat map with its shades.
fn of_table(table: &Table, chart: Option<&Chart>) -> TableShown {
    let heat = chart.filter(|chart| chart.shape == Shape::Heat);
    let most = heat.map(|chart| chart.series.iter().flat_map(|series| &series.values).flatten().copied().max());
    let most = most.flatten().unwrap_or(0).max(1);
    let shade = |cell: &Cell<'_>| match (heat, cell) {
        (Some(_), Cell::Percent(value)) => Some((value * SHADES / most).clamp(0, SHADES)),
        _ => None,
    };
    let is_number = |place: usize| table.columns.get(place).is_some_and(|column| column.unit.is_number());
    let heading = |(place, column): (usize, &Column)| CellShown {
        text: column.heading.clone(),
        is_number: is_number(place),
        shade: None,
    };
    let rows = table.rows.iter().map(|row| RowShown {
        is_total: row.about == About::Total,
        cells: row
            .cells
            .iter()
            .enumerate()
            .map(|(place, cell)| CellShown {
                text: cell.written().into_owned(),
                is_number: is_number(place),
                shade: shade(cell),
            })
            .collect(),
    });
    let (rows, none) = match table.elsewhere() {
        Some(words) => (Vec::new(), words),
        None => (rows.collect(), table.none.clone()),
    };
    TableShown {
        is_wide: is_wide(table),
        caption: table.caption.clone(),
        none,
        columns: table.columns.iter().enumerate().map(heading).collect(),
        rows,
    }
}
