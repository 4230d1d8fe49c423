//! A report as a workbook: a sheet for each section, its charts drawn by the spreadsheet itself from the numbers beside them, and a last
//! sheet that says what all of it is.

pub mod cells;

use std::io::{self, Write};

use chrono::NaiveDateTime;
use rust_xlsxwriter::{
    Chart as Drawn, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType,
    ConditionalFormat2ColorScale, DocProperties, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::report::document::wrapped;
use crate::report::layout::chart::{Chart, Shape};
use crate::report::layout::table::{About, Table};
use crate::report::layout::{Part, Report, Section};
use crate::report::tables::cell::Cell;
use cells::{Bands, Looks, excel_date, excel_time, put};

/// Columns are no wider: what is longer can be read all the same.
const WIDTH_MAX: usize = 40;
/// The margins of a cell.
const MARGIN: usize = 2;
/// So wide are sentences, in letters.
const SENTENCE: usize = 110;
/// The rows that a chart covers, from its table's first on.
const CHART_ROWS: u32 = 16;
/// The longest name of a sheet, and what may not stand in it.
const NAME_MAX: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// The spreadsheet's own number for A4.
const A4: u8 = 9;
/// Series are told apart by the kind of their lines and fillings.
const DARK: u32 = 0x001f_4e79;
const COLOURS: [u32; 3] = [DARK, 0x00c6_d8ec, 0x0077_7777];
const DASHES: [ChartLineDashType; 3] = [ChartLineDashType::Solid, ChartLineDashType::Dash, ChartLineDashType::RoundDot];
const MARKERS: [ChartMarkerType; 3] = [ChartMarkerType::Circle, ChartMarkerType::Square, ChartMarkerType::Triangle];

/// Write it.
pub fn write(report: &Report, to: impl Write + Send) -> io::Result<()> {
    book(report).and_then(|mut book| book.save_to_writer(to)).map_err(plainly)
}

/// What a workbook says of itself: when it was made. With it two of the same are the same.
pub fn made_at(at: NaiveDateTime) -> Result<DocProperties, XlsxError> {
    let made = excel_date(at.date()).and_then(|date| excel_time(date, at.time()))?;
    Ok(DocProperties::new().set_creation_datetime(&made))
}

/// The system's own error where it is one.
pub fn plainly(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

fn book(report: &Report) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&made_at(report.made)?.set_title(&report.title));
    let looks = (Looks::usual(), Looks::bold());
    let bands = Bands::usual();
    let mut names: Vec<String> = Vec::new();
    for section in &report.sections {
        let name = sheet_name(&section.heading, &names);
        let sheet = book.add_worksheet();
        sheet.set_name(&name)?;
        names.push(name.clone());
        let mut page = Page { sheet, name, looks: &looks, bands: &bands, row: 0, widths: Vec::new(), is_frozen: false };
        page.head(report)?;
        page.section(section)?;
        page.end()?;
    }
    let name = sheet_name("About", &names);
    let sheet = book.add_worksheet();
    sheet.set_name(&name)?;
    let mut page = Page { sheet, name, looks: &looks, bands: &bands, row: 0, widths: Vec::new(), is_frozen: true };
    page.head(report)?;
    for note in &report.notes {
        page.words(note)?;
        page.row += 1;
    }
    page.end()?;
    Ok(book)
}

/// `heading` as a sheet may be called, and no other sheet is: a spreadsheet does not tell small letters from great ones.
fn sheet_name(heading: &str, taken: &[String]) -> String {
    let plain = heading.replace(NOT_IN_NAMES, " ");
    let plain = plain.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { "Report" } else { plain };
    let cut = |room: usize| plain.chars().take(room).collect::<String>().trim_end_matches(['\'', ' ']).to_owned();
    let is_free = |name: &String| taken.iter().all(|one| one.to_lowercase() != name.to_lowercase());
    let numbered = (2..).map(|number| format!("{} {number}", cut(NAME_MAX - 5)));
    std::iter::once(cut(NAME_MAX)).chain(numbered.take(10_000)).find(is_free).unwrap_or_default()
}

/// A sheet that is being written, from the top down.
struct Page<'b> {
    sheet: &'b mut Worksheet,
    name: String,
    looks: &'b (Looks, Looks),
    bands: &'b Bands,
    row: u32,
    widths: Vec<usize>,
    is_frozen: bool,
}

impl Page<'_> {
    /// What the report is, in the first rows.
    fn head(&mut self, report: &Report) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(0, 0, &report.title, &self.looks.0.heading)?;
        let facts = report.facts().into_iter().map(|(said, it)| format!("{said}: {it}"));
        self.row = 1;
        self.words(&facts.collect::<Vec<_>>().join(". "))?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, section: &Section) -> Result<(), XlsxError> {
        for part in &section.parts {
            match part {
                Part::Words(words) => self.words(words)?,
                Part::Table(table) => {
                    self.table(table)?;
                }
                Part::Chart(chart) => self.chart(chart)?,
            }
            self.row += 1;
        }
        Ok(())
    }

    fn words(&mut self, words: &str) -> Result<(), XlsxError> {
        for line in wrapped(words, SENTENCE, 0) {
            self.sheet.write_string(self.row, 0, line)?;
            self.row += 1;
        }
        Ok(())
    }

    /// Write a table; its first row of cells is answered.
    fn table(&mut self, table: &Table) -> Result<u32, XlsxError> {
        let (usual, bold) = self.looks;
        if !table.caption.is_empty() {
            self.sheet.write_string_with_format(self.row, 0, &table.caption, &usual.heading)?;
            self.row += 1;
        }
        if table.rows.is_empty() {
            self.words(&table.none)?;
            return Ok(self.row);
        }
        for (column, heading) in (0..).zip(&table.columns) {
            let look = if heading.unit.is_number() { &usual.number_heading } else { &usual.heading };
            self.sheet.write_string_with_format(self.row, column, &heading.heading, look)?;
            self.is_as_wide_as(usize::from(column), &heading.heading);
        }
        let headings = self.row;
        for row in &table.rows {
            self.row += 1;
            let looks = if row.about == About::Total { bold } else { usual };
            for (column, cell) in (0..).zip(&row.cells) {
                let looks = if table.has_bands { self.bands.of(cell).unwrap_or(looks) } else { looks };
                put(self.sheet, (self.row, column), cell, looks)?;
                self.is_as_wide_as(usize::from(column), &cell.written());
            }
        }
        self.row += 1;
        if !self.is_frozen {
            self.is_frozen = true;
            self.sheet.set_freeze_panes(headings + 1, 0)?.set_repeat_rows(headings, headings)?;
        }
        Ok(headings + 1)
    }

    fn is_as_wide_as(&mut self, column: usize, text: &str) {
        self.widths.resize(self.widths.len().max(column + 1), 0);
        if let Some(width) = self.widths.get_mut(column) {
            *width = (*width).max(text.width());
        }
    }

    fn chart(&mut self, chart: &Chart) -> Result<(), XlsxError> {
        let (first, table) = (self.row, chart.table());
        let is_frozen = std::mem::replace(&mut self.is_frozen, true);
        let rows = self.table(&table)?;
        self.is_frozen = is_frozen;
        let (last, columns) = (self.row.saturating_sub(1), u16::try_from(table.columns.len()).unwrap_or(u16::MAX));
        if table.rows.is_empty() {
            return Ok(());
        }
        if chart.shape == Shape::Heat {
            let scale = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("94B6DC");
            for (row, _) in (rows..).zip(&table.rows).filter(|(_, row)| row.cells.iter().any(is_percent)) {
                self.sheet.add_conditional_format(row, 1, row, columns.saturating_sub(1), &scale)?;
            }
            return Ok(());
        }
        let mut drawn = Drawn::new(if chart.shape == Shape::Bars { ChartType::Column } else { ChartType::Line });
        drawn.title().set_name(&chart.title);
        drawn.x_axis().set_name(&chart.axis);
        drawn.set_alt_text(format!("{}. The numbers are in the table beside it.", chart.title));
        if chart.series.len() < 2 {
            drawn.legend().set_hidden();
        }
        if chart.shape == Shape::Bars {
            drawn.y_axis().set_min(0);
        }
        let name = self.name.as_str();
        for ((column, series), look) in (1..).zip(&chart.series).zip((0..COLOURS.len()).cycle()) {
            let colour = COLOURS.get(look).copied().unwrap_or_default();
            let mut format = ChartFormat::new();
            let mut line = ChartLine::new();
            line.set_color(DARK).set_dash_type(DASHES.get(look).copied().unwrap_or(ChartLineDashType::Solid));
            format.set_line(&line);
            let one = drawn.add_series();
            one.set_name(&series.name);
            one.set_categories((name, rows, 0, last, 0)).set_values((name, rows, column, last, column));
            match chart.shape {
                Shape::Bars | Shape::Heat => {
                    format.set_solid_fill(ChartSolidFill::new().set_color(colour));
                }
                Shape::Lines => {
                    let kind = MARKERS.get(look).copied().unwrap_or(ChartMarkerType::Circle);
                    one.set_marker(ChartMarker::new().set_type(kind));
                }
            }
            one.set_format(&mut format);
        }
        self.sheet.insert_chart(first, columns + 1, &drawn)?;
        self.row = self.row.max(first + CHART_ROWS);
        Ok(())
    }

    /// The widths of its columns, and how it stands on paper.
    fn end(self) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(self.widths) {
            let width = u32::try_from((width + MARGIN).min(WIDTH_MAX)).unwrap_or_default();
            self.sheet.set_column_width(column, width)?;
        }
        self.sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&RPage &P of &N");
        Ok(())
    }
}

fn is_percent(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Percent(_))
}
