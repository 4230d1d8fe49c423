//! A row of a table, and its cells: cleaned, and able to say what is wrong with them.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use csv::StringRecord;

use super::dates::{Order, parse_date};
use crate::domain::calendar::session::parse_time;
use crate::domain::incoming::{Place, Reject};
use crate::domain::name::clean;

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
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if plain && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(clean(text))
    }
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

    /// The time of day there.
    pub fn needed_time(&self) -> Result<NaiveTime, Reject> {
        parse_time(self.needed()?).ok_or_else(|| self.reject("is not a time such as 08:40"))
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
