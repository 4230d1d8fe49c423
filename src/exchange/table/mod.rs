//! Rows by heading out of the records of a file, each knowing its line. A line that is no row is reported with its number.

pub mod dates;
pub mod layout;
pub mod notes;
pub mod odd;
mod order;
mod records;
mod repair;
mod row;
mod source;
#[cfg(test)]
mod tests;
pub mod written;

use std::collections::HashMap;
use std::ops::RangeInclusive;

use csv::StringRecord;

use crate::domain::incoming::{Place, REFUSED_MAX, Reject};
use crate::domain::name::clean;
use crate::exchange::fault::ReadFault;
use crate::exchange::kind::is_heading;
use crate::exchange::unsaved::{IN_ROW, UNSAVED};
use crate::exchange::{Progress, Read};
use crate::render::guard::unguarded;
use dates::Order;
use layout::Layout;
use notes::Notes;
use odd::{Odd, is_foot, odd};
use order::find_order;
use records::{RECORD_MAX, Reading, Records};
use repair::{put_dates, unwrap_formulas};
pub use row::{Cell, Column, Row};
use source::Source;
pub use source::{SourceRow, line_ends};

/// Longer cells come from a quotation mark that is never closed.
const CELL_MAX: usize = 4_000;
/// As much of a cell as is worth showing.
const SHOWN_MAX: usize = 60;
/// Rows between two reports of progress.
const REPORT_EVERY: u32 = 8_192;
/// Rows of all files of an import: five years of marks of a large school.
pub const ROWS_MAX: u32 = 2_500_000;

/// A table being read, row by row.
pub struct Table<'t> {
    file: &'t str,
    source: Source<'t>,
    headings: Vec<String>,
    /// How many cells a row may have: blank headings at the end need none.
    width: RangeInclusive<usize>,
    order: Order,
    record: StringRecord,
    line: u64,
    rows: u32,
    rows_max: u32,
    /// The line on which headings of other columns begin another table.
    other: Option<u64>,
    /// Whether lines of totals and the like are left out, and not refused.
    leaves_foot: bool,
    /// Columns in which a number is a date, as a spreadsheet counts days.
    serials: Vec<usize>,
    /// Columns in which a formula without a value costs the row.
    valued: Vec<usize>,
    notes: Notes,
    stopped: Option<ReadFault>,
    progress: &'t mut dyn FnMut(Progress<'_>),
}

impl<'t> Table<'t> {
    /// The table in `text`, of `rows_max` rows at most, its headings in the first line: commas, tabs or semicolons, whichever part them.
    pub fn open(
        file: &'t str,
        text: &'t str,
        rows_max: u32,
        progress: &'t mut dyn FnMut(Progress<'_>),
    ) -> Result<Table<'t>, ReadFault> {
        let layout = Layout::first(file, text)?;
        Ok(Table::laid_out(file, text, &layout, &layout.dates(), rows_max, progress))
    }

    /// The table in `text` that lies there so. The columns `dates` tell whether the day comes first or the month.
    pub fn laid_out(
        file: &'t str,
        text: &'t str,
        layout: &Layout,
        dates: &[usize],
        rows_max: u32,
        progress: &'t mut dyn FnMut(Progress<'_>),
    ) -> Table<'t> {
        let headings = layout.words();
        let needed = headings.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1);
        let width = needed..=headings.len();
        let records = || Records::behind(text, layout.delimiter, layout.rows);
        let mut notes = Notes::default();
        let order = find_order(file, text, records(), dates, &width, &mut notes);
        let table = Table::new(file, Source::of_text(text, records()), headings, rows_max, progress);
        Table { width, order, notes, ..table }
    }

    /// The table of `rows` under `headings` of ours, put together from a file of another format. Its dates are ISO.
    pub fn of_rows(
        file: &'t str,
        headings: &[&str],
        rows: &'t [SourceRow],
        rows_max: u32,
        progress: &'t mut dyn FnMut(Progress<'_>),
    ) -> Table<'t> {
        let headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
        Table::new(file, Source::of_rows(rows), headings, rows_max, progress)
    }

    /// One of which no row is read, each as wide as the headings.
    fn new(
        file: &'t str,
        source: Source<'t>,
        headings: Vec<String>,
        rows_max: u32,
        progress: &'t mut dyn FnMut(Progress<'_>),
    ) -> Table<'t> {
        Table {
            file,
            source,
            width: headings.len()..=headings.len(),
            headings,
            order: Order::Open,
            record: StringRecord::new(),
            line: 1,
            rows: 0,
            rows_max,
            other: None,
            leaves_foot: false,
            serials: Vec::new(),
            valued: Vec::new(),
            notes: Notes::default(),
            stopped: None,
            progress,
        }
    }

    /// The headings, in lower case; blanks in them are underscores.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Refuse if one of the headings that are used stands there twice.
    pub fn has_each_once(&self, is_used: impl Fn(&str) -> bool) -> Result<(), ReadFault> {
        let mut seen = HashMap::new();
        for (place, heading) in self.headings.iter().enumerate().filter(|(_, heading)| is_used(heading)) {
            if let Some(before) = seen.insert(heading, place) {
                let (before, place) = (before + 1, place + 1);
                let why = format!("has the heading “{heading}” twice, in columns {before} and {place}: take one away");
                return Err(ReadFault::NotKnown { file: self.file.to_owned(), why });
            }
        }
        Ok(())
    }

    /// Rows read so far, without the headings.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The column of that heading.
    pub fn column(&self, heading: &'static str) -> Column {
        Column::new(heading, self.headings.iter().position(|one| one.eq_ignore_ascii_case(heading)))
    }

    /// The column of that heading, without which the file cannot be read.
    pub fn needed(&self, heading: &'static str) -> Result<Column, ReadFault> {
        let column = self.column(heading);
        if column.is_there() {
            return Ok(column);
        }
        Err(ReadFault::NotKnown { file: self.file.to_owned(), why: format!("has no column “{heading}”") })
    }

    /// A place in this file.
    pub fn place(&self, line: u64) -> Place {
        Place { file: self.file.to_owned(), line }
    }

    /// The next row. What cannot be read as one goes to `rejects`; one without any text is passed over.
    pub fn next(&mut self, rejects: &mut Vec<Reject>) -> Option<Row<'_>> {
        loop {
            let reading = self.next_record()?;
            self.rows = self.rows.saturating_add(1);
            if self.is_too_much(rejects) {
                return None;
            }
            if self.record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if self.leaves_foot && is_foot(&self.record) {
                let (file, line, shown) =
                    (self.file, self.line, clean(&self.record.iter().collect::<Vec<_>>().join(" ")));
                let text = || format!("“{shown}” is no row, and was left out");
                self.notes.add("foot", "", || Place { file: file.to_owned(), line }, text);
                continue;
            }
            self.repair();
            self.unguard();
            if let Some(heading) = self.unsaved() {
                rejects.push(self.row().reject(&heading, "", IN_ROW));
                continue;
            }
            match self.shape_fault(reading) {
                Some(reason) => {
                    let shown: Vec<&str> = self.record.iter().collect();
                    rejects.push(self.row().reject("", &shown.join(","), &reason));
                }
                None => return Some(self.row()),
            }
        }
    }

    /// What its dates tell of their order.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The same, its dates telling `order`: that of the table from which its rows were taken.
    pub fn of_order(self, order: Order) -> Table<'t> {
        Table { order, ..self }
    }

    /// Leave lines of totals, counts and prints out, and say so.
    pub fn leave_foot(&mut self) {
        self.leaves_foot = true;
    }

    /// Where it `has_serials`, read numbers in the `columns` as dates.
    pub fn read_serials(&mut self, has_serials: bool, columns: Vec<usize>) {
        self.serials = if has_serials { columns } else { Vec::new() };
    }

    /// Refuse rows that have a formula without a saved value in one of the `columns`.
    pub fn refuse_unsaved(&mut self, columns: impl Iterator<Item = usize>) {
        self.valued = columns.collect();
    }

    /// Add the warnings about the whole file to `read`, or return why it cannot be used; its rows are counted where they go.
    pub fn close(self, read: &mut Read) -> Result<(), ReadFault> {
        read.warnings.extend(self.notes.into_warnings());
        self.stopped.map_or(Ok(()), Err)
    }

    /// Add the warnings about the whole file to `read`, or return why it cannot be used.
    pub fn end(self, read: &mut Read) -> Result<(), ReadFault> {
        read.rows = read.rows.saturating_add(self.rows);
        self.close(read)
    }

    fn row(&self) -> Row<'_> {
        Row::new(self.file, self.line, &self.record, self.order)
    }

    /// Read the next record and its line; tells of the progress now and then.
    fn next_record(&mut self) -> Option<Reading> {
        let reading = self.source.next(&self.width, &mut self.record, &mut self.line);
        if self.rows.is_multiple_of(REPORT_EVERY) || reading.is_none() {
            let (done, of) = self.source.done();
            (self.progress)(Progress { file: self.file, done, of });
        }
        reading
    }

    /// Whether there are more rows, or more refused ones, than a file can have that is what it was taken for.
    fn is_too_much(&mut self, rejects: &[Reject]) -> bool {
        let file = || self.file.to_owned();
        self.stopped = if self.rows > self.rows_max {
            Some(ReadFault::TooManyRows { file: file(), limit: ROWS_MAX })
        } else if let Some(first) = rejects.first().filter(|_| rejects.len() >= REFUSED_MAX) {
            let first = format!("{} line {}: {}", first.place.file, first.place.line, first.reason);
            Some(ReadFault::TooManyRefused { file: file(), limit: REFUSED_MAX, first })
        } else {
            None
        };
        self.stopped.is_some()
    }

    /// The heading of the first column, of those that are read, in which a formula stands without its value.
    fn unsaved(&self) -> Option<String> {
        let is_unsaved = |place: &&usize| self.record.get(**place).is_some_and(|cell| cell == UNSAVED);
        let place = self.valued.iter().find(is_unsaved)?;
        Some(self.headings.get(*place).cloned().unwrap_or_default())
    }

    /// Put right what spreadsheets have made of cells, and tell. A date is not told: it may be one of birth.
    fn repair(&mut self) {
        let (file, line) = (self.file, self.line);
        let place = || Place { file: file.to_owned(), line };
        if let Some(first) = unwrap_formulas(&mut self.record) {
            let message = || format!("=\"{first}\" is a formula, and was read as {first}");
            self.notes.add("formula", "", place, message);
        }
        for column in put_dates(&mut self.record, &self.serials) {
            let heading = self.headings.get(column).map(String::as_str).unwrap_or_default();
            let text = || format!("a number in the column {heading} is read as a date, in days since 1900");
            self.notes.add("serial", heading, place, text);
        }
    }

    /// Take away what keeps a spreadsheet from taking a cell for a formula: as our own files, and those of others, are written.
    fn unguard(&mut self) {
        if self.source.is_text() && self.record.iter().any(|cell| unguarded(cell) != cell) {
            self.record = self.record.iter().map(unguarded).collect();
        }
    }

    /// Why the row cannot be read as one.
    fn shape_fault(&mut self, reading: Reading) -> Option<String> {
        let (file, line) = (self.file, self.line);
        let place = || Place { file: file.to_owned(), line };
        match reading {
            Reading::Fair => {
                let is_odd = |cell: &str| cell.matches('"').count() % 2 == 1;
                if let Some(cell) = self.record.iter().find(|cell| is_odd(cell)) {
                    let cell: String = clean(cell).chars().take(SHOWN_MAX).collect();
                    let text = || format!("one quotation mark stands alone, and “{cell}” was kept as written");
                    self.notes.add("quote", "", place, text);
                }
            }
            Reading::Backslashed => {
                let text = || "a \\ before a quotation mark is read as belonging to it".to_owned();
                self.notes.add("backslash", "", place, text);
            }
            Reading::Stray => {
                let why = "a quotation mark in this line is not closed, or stands in the middle of a cell";
                return Some(format!("{why}: take it away, or double it and put the cell in quotation marks"));
            }
            Reading::Long => return Some(format!("this line is {TOO_LONG}")),
        }
        let is_word =
            |word: &str| !word.is_empty() && (is_heading(word) || self.headings.iter().any(|one| one == word));
        match odd(&self.record, &self.headings, heading, is_word) {
            Some(Odd::SameHeadings) => {
                self.other = None;
                return Some("these are the headings again, and no row: nothing is lost with them".to_owned());
            }
            Some(Odd::OtherHeadings) => {
                self.other = Some(self.line);
                return Some("these are headings of another table: put it into a file of its own".to_owned());
            }
            Some(Odd::Totals) => {
                return Some("this is a line of totals, and no row: nothing is lost with it".to_owned());
            }
            None => {}
        }
        if let Some(line) = self.other {
            return Some(format!("the headings on line {line} are another table's: put it into a file of its own"));
        }
        let (cells, wanted) = (self.record.len(), *self.width.start());
        if cells < wanted || self.record.iter().skip(wanted).any(|cell| !cell.trim().is_empty()) {
            return Some(format!(
                "the row has {cells} cells and the headings {wanted}: a comma may be missing, or too many"
            ));
        }
        let is_long = self.record.iter().any(|cell| cell.len() > CELL_MAX);
        is_long.then(|| format!("a cell is longer than {CELL_MAX} letters"))
    }
}

/// What a line is that has no end in reach.
const TOO_LONG: &str = "longer than 65,536 letters: it may be a file of another kind, or have lost its line ends";
const _: () = assert!(RECORD_MAX == 65_536);

fn heading(text: &str) -> String {
    clean(text).to_lowercase().replace(' ', "_")
}
