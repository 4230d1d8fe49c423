//! A report as CSV: what it is, then its tables below each other. Every row has as many cells as the widest, so that all programs read
//! it. It begins with a byte order mark, without which Excel misreads accents.

use std::io::{self, Write};

use super::guard::guarded;
use crate::report::layout::table::Table;
use crate::report::layout::{Part, Report};
use crate::report::tables::cell::Cell;

/// Write it.
pub fn write(report: &Report, mut to: impl Write) -> io::Result<()> {
    let mut rows: Vec<Vec<String>> = vec![texts([report.title.as_str()])];
    rows.extend(report.facts().iter().map(|(said, it)| texts([*said, it.as_str()])));
    for section in &report.sections {
        rows.push(Vec::new());
        rows.extend((!section.heading.is_empty()).then(|| texts([section.heading.as_str()])));
        for (place, part) in section.parts.iter().enumerate() {
            rows.extend((place > 0).then(Vec::new));
            match part {
                Part::Words(words) => rows.push(texts([words.as_str()])),
                Part::Table(table) => rows.extend(of_table(table)),
                Part::Chart(chart) => rows.extend(of_table(&chart.table())),
            }
        }
    }
    rows.extend((!report.notes.is_empty()).then(Vec::new));
    rows.extend(report.notes.iter().map(|note| texts(["Note", note.as_str()])));
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    to.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(to);
    for mut row in rows {
        row.resize(width, String::new());
        out.write_record(row)?;
    }
    out.flush()
}

/// Cells that no spreadsheet takes for formulas.
fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    texts.into_iter().map(|text| guarded(text).into_owned()).collect()
}

/// A number is none, whatever its sign.
fn written(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Blank
        | Cell::Number(_)
        | Cell::Percent(_)
        | Cell::Points(_)
        | Cell::Minutes(_)
        | Cell::Date(_)
        | Cell::LongDate(_)
        | Cell::Time(_)
        | Cell::Moment(_) => cell.written().into_owned(),
    }
}

fn of_table(table: &Table) -> Vec<Vec<String>> {
    let caption = (!table.caption.is_empty()).then(|| texts([table.caption.as_str()]));
    if table.rows.is_empty() {
        return caption.into_iter().chain([texts([table.none.as_str()])]).collect();
    }
    let headings = texts(table.columns.iter().map(|column| column.heading.as_str()));
    let rows = table.rows.iter().map(|row| row.cells.iter().map(written).collect());
    caption.into_iter().chain([headings]).chain(rows).collect()
}
