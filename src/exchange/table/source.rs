//! Where the rows of a table come from: the records of a text, or those of another format.

use std::ops::RangeInclusive;
use std::slice::Iter;

use csv::StringRecord;

use super::records::{Reading, Records};

/// A row of another format, put under headings of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceRow {
    /// The line of the file that it comes from.
    pub line: u64,
    /// Its cells, in the order of the headings.
    pub cells: StringRecord,
}

/// Where rows come from.
pub struct Source<'t>(From<'t>);

enum From<'t> {
    Text {
        text: &'t str,
        records: Box<Records<'t>>,
        /// Bytes whose line ends are counted in the line.
        counted: usize,
    },
    Rows {
        rows: Iter<'t, SourceRow>,
        of: u64,
    },
}

impl<'t> Source<'t> {
    /// The records of `text`, behind its headings.
    pub fn of_text(text: &'t str, records: Records<'t>) -> Source<'t> {
        Source(From::Text { text, records: Box::new(records), counted: 0 })
    }

    /// The rows of another format.
    pub fn of_rows(rows: &'t [SourceRow]) -> Source<'t> {
        Source(From::Rows { rows: rows.iter(), of: rows.len() as u64 })
    }

    /// Read the next into `record`, and count `line` on to it; `None` at the end. `width` is how many cells a record may have.
    pub fn next(
        &mut self,
        width: &RangeInclusive<usize>,
        record: &mut StringRecord,
        line: &mut u64,
    ) -> Option<Reading> {
        match &mut self.0 {
            From::Text { text, records, counted } => {
                let (start, reading) = records.next(width, record)?;
                *line += line_ends(text.as_bytes().get(*counted..start).unwrap_or_default());
                *counted = start;
                Some(reading)
            }
            From::Rows { rows, .. } => {
                let row = rows.next()?;
                *line = row.line;
                record.clone_from(&row.cells);
                Some(Reading::Fair)
            }
        }
    }

    /// Whether they are the records of a text.
    pub fn is_text(&self) -> bool {
        match &self.0 {
            From::Text { .. } => true,
            From::Rows { .. } => false,
        }
    }

    /// How much is read, of how much: bytes of a text, else rows.
    pub fn done(&self) -> (u64, u64) {
        match &self.0 {
            From::Text { text, records, .. } => (records.at() as u64, text.len() as u64),
            From::Rows { rows, of } => (of - rows.len() as u64, *of),
        }
    }
}

/// How many lines end in `bytes`.
pub fn line_ends(bytes: &[u8]) -> u64 {
    if !bytes.contains(&b'\r') {
        return bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    }
    let pairs = bytes.iter().zip(bytes.iter().skip(1).chain([&0]));
    pairs.filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && **next != b'\n')).count() as u64
}
