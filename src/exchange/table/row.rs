//! A row of a table, and its cells: cleaned, and able to say what is wrong with them.

use std::borrow::Cow;
use std::mem::replace;

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use csv::StringRecord;

use super::dates::{Order, parse_date};
use crate::domain::calendar::session::parse_time;
use crate::domain::incoming::{Place, Received, Reject};
use crate::domain::name::{clean, clean_lines};

/// How kiosks and message systems write times, besides.
const LONGER: [&str; 4] = ["%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p"];
/// As much of a bad cell as is worth showing.
const SHOWN_MAX: usize = 120;

/// A column, found once by its heading.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    heading: &'static str,
    place: Option<usize>,
}

impl Column {
    /// The column of `heading`, at `place` in each row.
    pub fn new(heading: &'static str, place: Option<usize>) -> Column {
        Column { heading, place }
    }

    /// Its heading.
    pub fn heading(self) -> &'static str {
        self.heading
    }

    /// Whether the file has it.
    pub fn is_there(self) -> bool {
        self.place.is_some()
    }
}

/// `text` [cleaned](clean), without a copy where it is clean already.
fn cleaned(text: &str) -> Cow<'_, str> {
    if is_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(clean(text)) }
}

/// Whether `text` is plain letters and signs, with single blanks between them. Some that are clean are not: they are cleaned once more.
fn is_clean(text: &str) -> bool {
    let mut last = b' ';
    let is_plain =
        text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !(replace(&mut last, byte) == b' ' && byte == b' '));
    is_plain && (last != b' ' || text.is_empty())
}

/// One row.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    file: &'r str,
    line: u64,
    record: &'r StringRecord,
    order: Order,
}

impl<'r> Row<'r> {
    /// The row of `file` that starts on `line`; the dates of the file tell `order`.
    pub fn new(file: &'r str, line: u64, record: &'r StringRecord, order: Order) -> Row<'r> {
        Row { file, line, record, order }
    }

    /// Line, from 1; the first line of a row with line ends in it.
    pub fn line(self) -> u64 {
        self.line
    }

    /// Where it is.
    pub fn place(self) -> Place {
        Place { file: self.file.to_owned(), line: self.line }
    }

    /// The cell in `column`, cleaned; blank when the file has no such column.
    pub fn cell(self, column: Column) -> Cell<'r> {
        Cell { row: self, heading: column.heading, text: cleaned(self.as_written(column)) }
    }

    /// What stands in `column` as it is, blanks and all.
    pub fn as_written(self, column: Column) -> &'r str {
        column.place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// The text in `column`, or `None` when it is blank.
    pub fn text(self, column: Column) -> Option<String> {
        Some(self.cell(column).text).filter(|text| !text.is_empty()).map(Cow::into_owned)
    }

    /// The text in `column` line by line, each cleaned.
    pub fn lines(self, column: Column) -> String {
        clean_lines(column.place.and_then(|place| self.record.get(place)).unwrap_or_default())
    }

    /// A reject of this row.
    pub fn reject(self, column: &str, value: &str, reason: &str) -> Reject {
        let value = clean(&value.chars().take(SHOWN_MAX).collect::<String>());
        Reject { place: self.place(), column: column.to_owned(), value, reason: reason.to_owned() }
    }
}

/// One cell, cleaned.
pub struct Cell<'r> {
    row: Row<'r>,
    heading: &'static str,
    text: Cow<'r, str>,
}

impl Cell<'_> {
    /// What stands there.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether nothing does.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// A reject of this cell.
    pub fn reject(&self, reason: &str) -> Reject {
        self.row.reject(self.heading, &self.text, reason)
    }

    /// What stands there, which must be something.
    pub fn needed(&self) -> Result<&str, Reject> {
        if self.is_blank() { Err(self.reject(&format!("{} is missing", self.heading))) } else { Ok(&self.text) }
    }

    /// The date there, if any.
    pub fn date(&self) -> Result<Option<NaiveDate>, Reject> {
        if self.is_blank() { Ok(None) } else { self.needed_date().map(Some) }
    }

    /// The time of day there, if any; seconds are dropped, as on the late sheet.
    pub fn time(&self) -> Result<Option<NaiveTime>, Reject> {
        if self.is_blank() {
            return Ok(None);
        }
        let longer = || LONGER.iter().find_map(|form| NaiveTime::parse_from_str(&self.text, form).ok());
        let time = parse_time(&self.text).or_else(longer);
        let time = time.and_then(|time| NaiveTime::from_hms_opt(time.hour(), time.minute(), 0));
        time.map(Some).ok_or_else(|| self.reject("is not a time such as 08:40"))
    }

    /// The time of day there, which must be one.
    pub fn needed_time(&self) -> Result<NaiveTime, Reject> {
        parse_time(self.needed()?).ok_or_else(|| self.reject("is not a time such as 08:40"))
    }

    /// The moment there: a date and a time, with a blank or a T between them, and a zone or none.
    pub fn needed_moment(&self) -> Result<Received, Reject> {
        let text = self.needed()?;
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Received::At(at.with_timezone(&Utc)));
        }
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        let date = parse_date(date, self.row.order).map_err(|why| self.reject(&why))?;
        let time = Cell { row: self.row, heading: self.heading, text: Cow::Borrowed(time.trim()) }.time()?;
        Ok(Received::Local(date.and_time(time.unwrap_or_default())))
    }

    /// The date there.
    pub fn needed_date(&self) -> Result<NaiveDate, Reject> {
        parse_date(self.needed()?, self.row.order).map_err(|why| self.reject(&why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_to_clean_agrees_with_the_slow() {
        for text in ["", " ", "a", " a", "a ", "a  b", "a b", "é", "a\tb", "\u{1b}[2Jx", "=1+1", "'07700"] {
            assert_eq!(cleaned(text), clean(text), "{text:?}");
        }
    }
}
