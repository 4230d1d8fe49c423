//! How any report is written. A renderer knows reports and nothing of what they are made of; whatever stands in a report stands in all
//! that is written of it.

mod csv;
pub mod guard;
mod html;
pub mod letters;
mod svg;
#[cfg(test)]
mod tests;
mod text;
pub mod workbook;

use std::io::{self, Write};

use crate::report::layout::Report;

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Text of eighty columns.
    Text,
    /// Its tables below each other, for a spreadsheet or a program.
    Csv,
    /// A workbook: a sheet for each section, with charts.
    Xlsx,
    /// One page of HTML, for a browser and for paper.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Text, Format::Csv, Format::Xlsx, Format::Html];

    /// What the name of such a file ends in.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Html => "html",
        }
    }

    /// The format of a file whose name ends so, in either case.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

/// Write `report` to `to`, cleaned of whatever commands a terminal.
pub fn write(report: &Report, format: Format, mut to: impl Write + Send) -> io::Result<()> {
    let report = &report.clone().cleaned();
    match format {
        Format::Text => text::lines(report).iter().try_for_each(|line| writeln!(to, "{line}")),
        Format::Csv => csv::write(report, to),
        Format::Xlsx => workbook::write(report, to),
        Format::Html => to.write_all(html::page(report)?.as_bytes()),
    }
}
