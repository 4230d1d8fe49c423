//! How a table lies in its text: by what its cells are parted, and on which line its headings stand.

use std::collections::HashMap;

use csv::StringRecord;

use super::records::{Reading, Records};
use super::source::line_ends;
use super::{TOO_LONG, heading, order};
use crate::domain::name::clean;
use crate::exchange::fault::ReadFault;

/// So many records tell by what the cells are parted.
const TELLING: usize = 50;
/// The headings are looked for in so many records.
const ABOVE_MAX: usize = 30;
/// A title has no more cells than that.
const TITLE_MAX: usize = 3;
/// What parts cells, and its name where there are many.
const DELIMITERS: [(u8, &str); 4] = [(b',', "commas"), (b'\t', "tabs"), (b';', "semicolons"), (b'|', "bars")];

/// How a table lies in its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// What parts the cells.
    pub delimiter: u8,
    /// The byte behind the headings.
    pub rows: usize,
    /// The line of the headings.
    pub line: u64,
    /// The headings as they stand in the file.
    pub headings: Vec<String>,
    /// The text of the lines above the headings.
    pub above: Vec<String>,
    /// The cells of the lines above the headings, those without text left out.
    pub cells_above: Vec<Vec<String>>,
    /// The first of them that is no title, having as many cells as a table.
    pub table_above: Option<u64>,
}

impl Layout {
    /// Headings in the first record, parted by what stands there most often: so our own files are written.
    pub fn first(file: &str, text: &str) -> Result<Layout, ReadFault> {
        let not_known = |why: &str| ReadFault::NotKnown { file: file.to_owned(), why: why.to_owned() };
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let parted_by = |mark: &char| first.matches(*mark).count();
        let delimiter = [';', '\t', ','].into_iter().max_by_key(parted_by).map_or(b',', |mark| mark as u8);
        let (mut records, mut record) = (Records::new(text, delimiter), StringRecord::new());
        match records.headings(&mut record) {
            Some(Reading::Fair) => {}
            None => return Err(not_known("is empty: its first line must hold the headings")),
            Some(Reading::Long) => return Err(not_known(&format!("has a first line {TOO_LONG}"))),
            Some(Reading::Stray | Reading::Backslashed) => {
                return Err(not_known(
                    "has a quotation mark in its first line that is not closed: put the headings right",
                ));
            }
        }
        let headings = record.iter().map(str::to_owned).collect();
        let rows = records.at();
        Ok(Layout { delimiter, rows, line: 1, headings, above: Vec::new(), cells_above: Vec::new(), table_above: None })
    }

    /// Each way in which one of the first records may be the headings. Two records may be them together, where all cells of the second
    /// are parts of what stands over them, or over the cells before: `is_part`.
    pub fn search(text: &str, is_part: impl Fn(&str) -> bool) -> Vec<Layout> {
        let delimiter = most_even(text);
        let records = first_records(text, delimiter, ABOVE_MAX + 1);
        let (mut found, mut above, mut cells_above, mut table_above) = (Vec::new(), Vec::new(), Vec::new(), None);
        for (place, one) in records.iter().enumerate().take(ABOVE_MAX) {
            let line = 1 + line_ends(text.as_bytes().get(..one.start).unwrap_or_default());
            let layout = |headings, rows| {
                let (above, cells_above) = (above.clone(), cells_above.clone());
                Layout { delimiter, rows, line, headings, above, cells_above, table_above }
            };
            if let Some(next) = records.get(place + 1)
                && let Some(headings) = joined(&one.cells, &next.cells, &is_part)
            {
                found.push(layout(headings, next.end));
            }
            found.push(layout(one.cells.clone(), one.end));
            let shown: Vec<&str> =
                one.cells.iter().map(String::as_str).filter(|cell| !cell.trim().is_empty()).collect();
            if !shown.is_empty() {
                above.push(clean(&shown.join(" ")));
                cells_above.push(one.cells.clone());
            }
            if shown.len() > TITLE_MAX {
                table_above = table_above.or(Some(line));
            }
        }
        found
    }

    /// The headings as those of our own files are compared: in lower case, blanks being underscores.
    pub fn words(&self) -> Vec<String> {
        self.headings.iter().map(|one| heading(one)).collect()
    }

    /// The columns that hold dates under headings of ours.
    pub fn dates(&self) -> Vec<usize> {
        order::date_columns(&self.words())
    }

    /// Whether it is not that of our own files.
    pub fn is_unusual(&self) -> bool {
        self.line > 1 || self.delimiter == b'|'
    }

    /// What is to be said of it: "parted by tabs, 3 lines above the headings left out".
    pub fn describe(&self) -> String {
        let name = DELIMITERS.iter().find(|(mark, _)| *mark == self.delimiter).map_or("commas", |(_, name)| name);
        format!("parted by {name}{}", self.describe_above())
    }

    /// The same of what has no signs between its cells, as a sheet of a workbook: ", 3 lines above the headings left out".
    pub fn describe_above(&self) -> String {
        match self.line {
            0 | 1 => String::new(),
            2 => ", the line above the headings left out".to_owned(),
            line => format!(", {} lines above the headings left out", line - 1),
        }
    }
}

/// How the cells of a table are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writing<'w> {
    /// Parted by signs; in which letters, where that is to be told.
    Text(Option<&'w str>),
    /// As records, named so: no signs are between them.
    Records(&'w str),
    /// In a sheet of a workbook.
    Sheet,
}

impl Writing<'_> {
    /// What is to be said of it: ", parted by tabs, in UTF-16".
    pub fn describe(self, layout: &Layout) -> String {
        match self {
            Writing::Text(None) => format!(", {}", layout.describe()),
            Writing::Text(Some(letters)) => format!(", {}, in {letters}", layout.describe()),
            Writing::Records(name) => format!(", in {name}"),
            Writing::Sheet => layout.describe_above(),
        }
    }
}

struct FirstRecord {
    start: usize,
    end: usize,
    cells: Vec<String>,
}

fn first_records(text: &str, delimiter: u8, many: usize) -> Vec<FirstRecord> {
    let (mut records, mut record, mut all) = (Records::new(text, delimiter), StringRecord::new(), Vec::new());
    while all.len() < many {
        let start = records.begin();
        if records.headings(&mut record).is_none() {
            break;
        }
        all.push(FirstRecord { start, end: records.at(), cells: record.iter().map(str::to_owned).collect() });
    }
    all
}

/// What parts the cells of most records into equally many.
fn most_even(text: &str) -> u8 {
    let evenness = |delimiter: u8| {
        let mut widths: HashMap<usize, usize> = HashMap::new();
        let records = first_records(text, delimiter, TELLING);
        let widest =
            |cells: &[String]| cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |_| cells.len());
        for width in records.iter().map(|one| widest(&one.cells)).filter(|width| *width > 1) {
            *widths.entry(width).or_default() += 1;
        }
        widths.into_iter().map(|(width, many)| (many, width)).max().unwrap_or_default()
    };
    // Of equals the last is taken: the comma is the usual one.
    DELIMITERS.iter().rev().map(|(mark, _)| *mark).max_by_key(|mark| evenness(*mark)).unwrap_or(b',')
}

/// The headings that two records make together: "Mon" over "AM" is "Mon AM", and what stands there once goes for the blanks behind it.
fn joined(upper: &[String], lower: &[String], is_part: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let parts = lower.iter().filter(|cell| is_part(cell)).count();
    let is_blank = |cell: Option<&String>| cell.is_none_or(|cell| cell.trim().is_empty());
    let fits = |(place, cell): (usize, &String)| cell.trim().is_empty() || is_part(cell) || is_blank(upper.get(place));
    if parts < 2 || !lower.iter().enumerate().all(fits) {
        return None;
    }
    let (mut over, mut headings) = (String::new(), Vec::new());
    for place in 0..upper.len().max(lower.len()) {
        let (up, low) = (upper.get(place), lower.get(place).map(String::as_str).unwrap_or_default());
        if let Some(up) = up.filter(|up| !up.trim().is_empty()) {
            over.clone_from(up);
        }
        headings.push(match (is_part(low), low.trim().is_empty()) {
            (true, _) => format!("{over} {low}"),
            (false, true) => up.cloned().unwrap_or_default(),
            (false, false) => low.to_owned(),
        });
    }
    Some(headings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search(text: &str) -> Vec<Layout> {
        Layout::search(text, |cell| matches!(cell, "AM" | "PM"))
    }

    #[test]
    fn what_parts_the_cells_is_what_parts_them_evenly() {
        for (text, says) in [
            ("a,b\n1,2\n", "parted by commas"),
            ("a\tb\n1, 2, 3\t4\n5\t6\n", "parted by tabs"),
            ("Marks, all of them\na;b;c\n1,5;2;3\n4;5;6\n", "parted by semicolons"),
            ("a|b\n1|2, 3\n4|5\n", "parted by bars"),
            ("alone\n", "parted by commas"),
        ] {
            assert_eq!(search(text)[0].describe(), says, "{text}");
        }
    }

    #[test]
    fn each_of_the_first_lines_may_be_the_headings() {
        let all = search("School\n\nWeek of 09/11/2026,,\nid,x,y\n1,2,3\n");
        let id = all.iter().find(|one| one.headings.first().is_some_and(|cell| cell == "id")).unwrap();
        assert_eq!(id.line, 4);
        assert_eq!(id.above, ["School", "Week of 09/11/2026"]);
        assert_eq!(id.describe(), "parted by commas, 3 lines above the headings left out");
        assert!(search(&"a,b\n".repeat(100)).len() <= ABOVE_MAX);
    }

    #[test]
    fn two_lines_may_be_the_headings_together() {
        let all = search("id,Mon,,Tue,\n,AM,PM,AM,PM\n1,/,/,/,/\n");
        assert_eq!(all[0].headings, ["id", "Mon AM", "Mon PM", "Tue AM", "Tue PM"]);
        assert!(search("id,session,code\n1,AM,/\n1,PM,/\n").iter().all(|one| one.headings.len() == 3));
        assert_eq!(search("id,a,b\n1,AM,PM\n").len(), 2);
    }

    proptest! {
        /// Whatever parts the cells, and whatever stands above, the headings are among what is found.
        #[test]
        fn a_written_table_is_found(
            place in 0..4_usize,
            titles in prop::collection::vec("[A-Z][a-z ]{0,12}", 0..5),
            rows in prop::collection::vec(["[0-9]{3}", "[a-z,;|\" ]{0,6}", "[/\\\\NL]"], 2..20),
        ) {
            let (delimiter, _) = DELIMITERS[place];
            let mut out = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
            for title in &titles {
                out.write_record([title]).unwrap();
            }
            out.write_record(["id", "name", "mark"]).unwrap();
            for row in &rows {
                out.write_record(row).unwrap();
            }
            let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
            let found = search(&text).into_iter().find(|one| one.headings == ["id", "name", "mark"]);
            let found = found.expect("the headings");
            prop_assert_eq!((found.delimiter, found.line), (delimiter, titles.len() as u64 + 1));
            let back = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(&text.as_bytes()[found.rows..]).into_records().count();
            prop_assert_eq!(back, rows.len());
        }
    }
}
