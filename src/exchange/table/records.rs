//! Records out of text, by `csv-core`: each is read so that it could be written back as it stood, or is told to be misread. What one
//! stray quotation mark swallows is read again from the next line on.

use std::ops::RangeInclusive;

use csv::StringRecord;
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// A record of more bytes is refused: it is a line without an end, or a quotation mark that is never closed.
pub const RECORD_MAX: usize = 65_536;

/// How a record could be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// As it stands.
    Fair,
    /// With a backslash before each quotation mark inside a cell.
    Backslashed,
    /// Not at all: a quotation mark is not closed, or stands in the middle of a cell.
    Stray,
    /// Not at all: it is longer than [`RECORD_MAX`].
    Long,
}

/// The records of a text.
pub struct Records<'t> {
    text: &'t [u8],
    delimiter: u8,
    doubled: Reader,
    backslashed: Reader,
    /// Where the next record begins.
    at: usize,
    cells: Vec<u8>,
}

impl<'t> Records<'t> {
    /// Those of `text`, its cells parted by `delimiter`.
    pub fn new(text: &'t str, delimiter: u8) -> Records<'t> {
        let reader = |escape| ReaderBuilder::new().delimiter(delimiter).escape(escape).build();
        let (doubled, backslashed) = (reader(None), reader(Some(b'\\')));
        Records { text: text.as_bytes(), delimiter, doubled, backslashed, at: 0, cells: vec![0; RECORD_MAX] }
    }

    /// Those of `text` from the byte `at` on.
    pub fn behind(text: &'t str, delimiter: u8, at: usize) -> Records<'t> {
        Records { at, ..Records::new(text, delimiter) }
    }

    /// The byte at which the next begins.
    pub fn begin(&mut self) -> usize {
        self.skip();
        self.at
    }

    /// Bytes read so far.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Read the next into `record`; `None` at the end. Gives back where it starts, and how it could be read: where it could not, the
    /// record is its first line, whole. `width` is how many cells a record may have.
    pub fn next(&mut self, width: &RangeInclusive<usize>, record: &mut StringRecord) -> Option<(usize, Reading)> {
        let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        self.skip();
        let (start, rest) = (self.at, self.text.get(self.at..).filter(|rest| !rest.is_empty())?);
        if let Some(end) = self.read(start, false, record).filter(|end| !self.swallows(start, *end, width, record)) {
            self.at = end;
            return Some((start, Reading::Fair));
        }
        let line = rest.split(|byte| is_line_end(byte)).next().unwrap_or_default();
        if line.windows(2).any(|pair| pair == b"\\\"")
            && let Some(end) = self.read(start, true, record).filter(|end| !self.swallows(start, *end, width, record))
            && width.contains(&record.len())
        {
            self.at = end;
            return Some((start, Reading::Backslashed));
        }
        record.clear();
        record.push_field(&String::from_utf8_lossy(line.get(..RECORD_MAX).unwrap_or(line)));
        self.at = start + line.len();
        let is_long = line.len() > RECORD_MAX;
        Some((start, if is_long { Reading::Long } else { Reading::Stray }))
    }

    /// Read the first, the headings, into `record`, and give back how it could be read.
    pub fn headings(&mut self, record: &mut StringRecord) -> Option<Reading> {
        self.skip();
        if self.at >= self.text.len() {
            return None;
        }
        match self.read(self.at, false, record) {
            Some(end) => self.at = end,
            None => return self.next(&(0..=usize::MAX), record).map(|(_, reading)| reading),
        }
        Some(Reading::Fair)
    }

    /// Pass over line ends, and over the mark with which a text begins that was put behind another.
    fn skip(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\u{feff}".as_bytes())) {
            self.at += "\u{feff}".len();
        }
    }

    /// Where the record that starts at `start` ends; `None` where its cells do not stand there as they would be written, or are more
    /// than is held.
    fn read(&mut self, start: usize, by_backslash: bool, record: &mut StringRecord) -> Option<usize> {
        let (reader, mark) = if by_backslash { (&mut self.backslashed, b'\\') } else { (&mut self.doubled, b'"') };
        reader.reset();
        record.clear();
        let (mut at, mut room) = (start, self.cells.as_mut_slice());
        loop {
            let rest = self.text.get(at..)?;
            // Blanks before a quotation mark stand outside the cell.
            let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
            let skipped = if rest.get(blanks) == Some(&b'"') { blanks } else { 0 };
            let input = rest.get(skipped..)?;
            let (mut outcome, taken, written) = reader.read_field(input, room);
            // The text is all there is: what it ends with ends there.
            if outcome == ReadFieldResult::InputEmpty {
                outcome = reader.read_field(&[], &mut []).0;
            }
            let is_last = match outcome {
                ReadFieldResult::Field { record_end } => record_end,
                ReadFieldResult::End => true,
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => return None,
            };
            let (cell, left) = room.split_at_mut_checked(written)?;
            let raw = input.get(..taken)?;
            let raw = match raw.split_last() {
                Some((last, raw)) if *last == self.delimiter || matches!(last, b'\r' | b'\n') => raw,
                _ => raw,
            };
            if !stands_so(raw, cell, mark) {
                return None;
            }
            record.push_field(std::str::from_utf8(cell).ok()?);
            (at, room) = (at + skipped + taken, left);
            if is_last {
                return Some(at);
            }
        }
    }

    /// Whether a record of several lines holds whole rows: each of two quotation marks that are one too many opens or closes a cell.
    fn swallows(&self, start: usize, end: usize, width: &RangeInclusive<usize>, record: &StringRecord) -> bool {
        let text = self.text.get(start..end).unwrap_or_default().trim_ascii_end();
        let mut lines = text.split(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| !line.is_empty());
        let cells = |line: &[u8]| 1 + line.iter().filter(|byte| **byte == self.delimiter).count();
        let (first, mut others) = (lines.next(), lines.map(cells).peekable());
        if others.peek().is_none() {
            return false;
        }
        let first = first.map_or(0, cells);
        !width.contains(&record.len()) || (first >= *width.start() && others.any(|cells| width.contains(&cells)))
    }
}

/// Whether `cell` would be written as `raw`: as it is, or within quotation marks, those inside it with `mark` before them.
fn stands_so(raw: &[u8], cell: &[u8], mark: u8) -> bool {
    if raw.first() != Some(&b'"') {
        return raw == cell;
    }
    let is_written = |raw: &[u8], cell: &[u8]| {
        let inside = raw.strip_prefix(b"\"").and_then(|raw| raw.strip_suffix(b"\""));
        let marked = cell.iter().flat_map(|byte| (*byte == b'"').then_some(mark).into_iter().chain([*byte]));
        inside.is_some_and(|inside| inside.iter().copied().eq(marked))
    };
    is_written(raw, cell) || is_written(raw.trim_ascii_end(), cell.trim_ascii_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, width: usize) -> Vec<(Reading, Vec<String>)> {
        let (mut records, mut record, mut all) = (Records::new(text, b','), StringRecord::new(), Vec::new());
        while let Some((_, reading)) = records.next(&(width..=width), &mut record) {
            all.push((reading, record.iter().map(str::to_owned).collect()));
        }
        all
    }

    fn cells(text: &str) -> Vec<String> {
        let all = read(text, text.split(',').count());
        assert_eq!((all.len(), all[0].0), (1, Reading::Fair), "{text}: {all:?}");
        all[0].1.clone()
    }

    #[test]
    fn quotation_marks_where_they_belong() {
        assert_eq!(cells("a,\"b\",\"c \"\"d\"\"\""), ["a", "b", "c \"d\""]);
        assert_eq!(cells("a, \"b \"\"c\"\"\", d"), ["a", "b \"c\"", " d"]);
        assert_eq!(cells("5' 10\",b\"c,\"\""), ["5' 10\"", "b\"c", ""]);
        assert_eq!(cells("\"\\\",/"), ["\\", "/"]);
        assert_eq!(cells("\"a\" ,\"b\"  "), ["a ", "b  "]);
        assert_eq!(read("a,\"b, c\"\r\nd,e", 2)[0].1, ["a", "b, c"]);
        assert_eq!(read("1,\"a\nb\"\n2,c\n", 2).len(), 2);
    }

    #[test]
    fn marks_after_a_backslash_are_read_where_nothing_else_will_do() {
        assert_eq!(
            read("a,\"b \\\"c\\\"\",d\n", 3)[0],
            (Reading::Backslashed, ["a", "b \"c\"", "d"].map(str::to_owned).into())
        );
    }

    #[test]
    fn one_stray_mark_costs_one_line() {
        let readings = |text: &str| read(text, 3).into_iter().map(|(reading, _)| reading).collect::<Vec<_>>();
        use Reading::{Fair, Stray};
        assert_eq!(readings("1,\"a,b\n2,c,d\n3,e\"f,g\n4,h,i\n"), [Stray, Fair, Fair, Fair], "closed in a later cell");
        assert_eq!(readings("1,\"a,b\n2,c,d\n3,e,f\n"), [Stray, Fair, Fair], "never closed");
        assert_eq!(readings("1,\"a,b\n2,c,d\n3,e\",f\n"), [Stray, Fair, Fair], "closed as a cell is");
        assert_eq!(readings("1,\"a,b\n3,e\",f\n4,g,h\n"), [Stray, Fair, Fair], "in the next line");
        assert_eq!(readings("1,\"a\"b,c\n2,d,e\n"), [Stray, Fair]);
    }

    #[test]
    fn what_has_no_end_is_not_held() {
        let long = "x".repeat(RECORD_MAX + 1);
        let all = read(&format!("1,\"{long}\n2,b\n{long}\n3,c"), 2);
        let readings: Vec<_> = all.iter().map(|(reading, _)| *reading).collect();
        assert_eq!(readings, [Reading::Long, Reading::Fair, Reading::Long, Reading::Fair]);
        assert!(all.iter().all(|(_, record)| record[0].len() <= RECORD_MAX));
    }

    proptest! {
        /// Whatever cells are written come back so.
        #[test]
        fn what_a_library_writes_is_read(rows in prop::collection::vec(("[a-z0-9]{1,4}", "\\PC{0,6}", "[ a\",\\\\]{0,6}"), 1..8)) {
            let mut out = csv::Writer::from_writer(Vec::new());
            for (a, b, c) in &rows {
                out.write_record([a, b, c]).unwrap();
            }
            let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
            let back = read(&text, 3);
            prop_assert_eq!(back.len(), rows.len());
            for ((reading, cells), (a, b, c)) in back.iter().zip(&rows) {
                prop_assert_eq!(*reading, Reading::Fair);
                prop_assert_eq!([&cells[0], &cells[1], &cells[2]], [a, b, c]);
            }
        }

        /// No line is lost, whatever stands in it.
        #[test]
        fn every_line_is_in_a_record(text in "([ab\",\\\\\n\r]|1,2\n){0,60}") {
            let (mut records, mut record, mut covered) = (Records::new(&text, b','), StringRecord::new(), 0);
            while let Some((start, _)) = records.next(&(2..=2), &mut record) {
                prop_assert!(text[covered..start].bytes().all(|byte| matches!(byte, b'\r' | b'\n')));
                prop_assert!(records.at() > start);
                covered = records.at();
            }
            prop_assert!(text[covered..].bytes().all(|byte| matches!(byte, b'\r' | b'\n')));
        }
    }
}
