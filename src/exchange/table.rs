//! A thin reader over `csv`: rows by heading, each knowing its line.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use super::Progress;
use super::fault::ReadFault;
pub use super::row::{Cell, Column, Row};
use crate::domain::incoming::{Place, Reject};
use crate::domain::name::clean;

/// Longer cells come from a quotation mark that is never closed.
const CELL_MAX: usize = 4_000;
/// As much of a first line as is worth showing.
const FIRST_LINE_MAX: usize = 60;
/// Rows between two reports of progress.
const REPORT_EVERY: u32 = 8_192;

/// A CSV file being read, row by row.
pub struct Table<'t> {
    file: &'t str,
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    headings: Vec<String>,
    record: StringRecord,
    /// Bytes whose line ends are counted in `line`.
    counted: usize,
    line: u64,
    rows: u32,
    progress: &'t mut dyn FnMut(Progress<'_>),
}

impl<'t> Table<'t> {
    /// The table in `text`. Commas, tabs or semicolons, whichever the headings are parted by.
    pub fn open(
        file: &'t str,
        text: &'t str,
        progress: &'t mut dyn FnMut(Progress<'_>),
    ) -> Result<Table<'t>, ReadFault> {
        let not_known = |why: String| ReadFault::NotKnown { file: file.to_owned(), why };
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let parted_by = |mark: &char| first.matches(*mark).count();
        let delimiter = [';', '\t', ','].into_iter().max_by_key(parted_by).map_or(b',', |mark| mark as u8);
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let any = reader.read_record(&mut record).map_err(|fault| not_known(format!("cannot be read: {fault}")))?;
        if !any {
            return Err(not_known("is empty: its first line must hold the headings".to_owned()));
        }
        let headings: Vec<String> = record.iter().map(heading).collect();
        let mut seen = HashMap::new();
        for (place, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            if let Some(before) = seen.insert(heading, place) {
                let why = format!("has the heading “{heading}” twice, in columns {} and {}", before + 1, place + 1);
                return Err(not_known(format!("{why}: take one away")));
            }
        }
        Ok(Table { file, text, reader, headings, record, counted: 0, line: 1, rows: 0, progress })
    }

    /// File name, without its folder.
    pub fn file(&self) -> &'t str {
        self.file
    }

    /// The headings, in lower case; blanks in them are underscores.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The line of headings as it stands in the file, cut short.
    pub fn first_line(&self) -> String {
        let line = clean(self.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
        match line.char_indices().nth(FIRST_LINE_MAX) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
            None => line,
        }
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

    /// The next row. One that is ragged goes to `rejects`; one without any text is passed over.
    pub fn next(&mut self, rejects: &mut Vec<Reject>) -> Option<Row<'_>> {
        loop {
            let more = self.reader.read_record(&mut self.record);
            let end = self.reader.position().byte() as usize;
            if self.rows.is_multiple_of(REPORT_EVERY) || !matches!(more, Ok(true)) {
                let (done, of) = (end.min(self.text.len()) as u64, self.text.len() as u64);
                (self.progress)(Progress { file: self.file, done, of });
            }
            match more {
                Ok(true) => {}
                Ok(false) => return None,
                Err(fault) => {
                    rejects.push(self.row().reject("", &fault.to_string(), "the file cannot be read any further"));
                    return None;
                }
            }
            self.count_lines();
            self.rows = self.rows.saturating_add(1);
            if self.record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match self.shape_fault(end) {
                Some(reason) => {
                    let shown: Vec<&str> = self.record.iter().collect();
                    rejects.push(self.row().reject("", &shown.join(","), &reason));
                }
                None => return Some(self.row()),
            }
        }
    }

    fn row(&self) -> Row<'_> {
        Row::new(self.file, self.line, &self.record)
    }

    /// Move `line` to where the record starts: counted here, since quoted line ends and CRLF are counted otherwise elsewhere.
    fn count_lines(&mut self) {
        let bytes = self.text.as_bytes();
        let mut start = self.record.position().map_or(0, |position| position.byte() as usize);
        while bytes.get(start).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            start += 1;
        }
        self.line += line_ends(bytes.get(self.counted..start).unwrap_or_default());
        self.counted = start;
    }

    /// Why the row cannot be read as one, `end` being where it ends in the text.
    fn shape_fault(&self, end: usize) -> Option<String> {
        let (cells, wanted) = (self.record.len(), self.headings.len());
        let ragged = cells != wanted;
        if !ragged && self.record.iter().all(|cell| cell.len() <= CELL_MAX) {
            return None;
        }
        let row = self.text.as_bytes().get(self.counted..end.min(self.text.len())).unwrap_or_default().trim_ascii_end();
        let lines = line_ends(row);
        Some(if lines > 0 {
            let last = self.line + lines;
            format!("lines {} to {last} were read as one row: a quotation mark may not be closed", self.line)
        } else if ragged {
            format!("the row has {cells} cells and the headings {wanted}: a comma may be missing, or too many")
        } else {
            format!("a cell is longer than {CELL_MAX} letters")
        })
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    let pairs = bytes.iter().zip(bytes.iter().skip(1).chain([&0]));
    pairs.filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && **next != b'\n')).count() as u64
}

fn heading(text: &str) -> String {
    clean(text).to_lowercase().replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<(u64, String)>, Vec<Reject>) {
        let mut quiet = |_: Progress<'_>| {};
        let mut table = Table::open("x.csv", text, &mut quiet).unwrap();
        let (b, mut rows, mut rejects) = (table.column("b"), Vec::new(), Vec::new());
        while let Some(row) = table.next(&mut rejects) {
            rows.push((row.line(), row.cell(b).as_str().to_owned()));
        }
        (rows, rejects)
    }

    fn lines(text: &str) -> Vec<u64> {
        rows(text).0.into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn lines_are_right_whatever_ends_them() {
        assert_eq!(lines("a,b\n1,2\n3,4"), [2, 3]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [2, 3]);
        assert_eq!(lines("a,b\r1,2\r3,4\r"), [2, 3]);
        assert_eq!(lines("\n\na,b\n\n1,2\r\n\r\n\r\n3,4\n"), [5, 8]);
        assert_eq!(lines("a,b\n\"x\ny\",2\n3,4\n"), [2, 4]);
        assert_eq!(lines("a,b\r\n\"x\r\n\r\ny\",2\r\n3,4\r\n"), [2, 5]);
        assert_eq!(lines("a,b\n,,\n , \n3,4\n"), [4]);
    }

    #[test]
    fn headings_are_found_in_any_case_and_order() {
        assert_eq!(rows(" B ,a\n two  words ,1\n").0, [(2, "two words".to_owned())]);
        assert_eq!(rows("a\tB\n1\t2\n").0, [(2, "2".to_owned())]);
        assert_eq!(rows("a;b\n1;\"x,y\"\n").0, [(2, "x,y".to_owned())]);
    }

    #[test]
    fn ragged_rows_are_rejected_and_the_rest_read() {
        let (rows, rejects) = rows("a,b\n1\n1,2,3\n3,4\n");
        assert_eq!(rows, [(4, "4".to_owned())]);
        assert_eq!(rejects.iter().map(|one| one.place.line).collect::<Vec<_>>(), [2, 3]);
        assert!(rejects[0].reason.contains("1 cells and the headings 2"), "{}", rejects[0].reason);
    }

    #[test]
    fn an_open_quotation_mark_is_named() {
        let (rows, rejects) = rows("a,b\n1,2\n\"3,4\n5,6\n7,8\n");
        assert_eq!(rows.len(), 1);
        assert_eq!(rejects[0].place.line, 3);
        assert!(rejects[0].reason.starts_with("lines 3 to 5 were read as one row"), "{}", rejects[0].reason);
    }

    #[test]
    fn a_heading_twice_is_a_fault() {
        let mut quiet = |_: Progress<'_>| {};
        let fault = Table::open("x.csv", "a,b, A\n", &mut quiet).err().unwrap();
        assert_eq!(fault.to_string(), "x.csv has the heading “a” twice, in columns 1 and 3: take one away");
        assert!(Table::open("x.csv", "", &mut quiet).err().unwrap().to_string().contains("is empty"));
    }
}
