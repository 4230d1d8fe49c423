//! A cell of a table for others: what it is. How it is written is for whoever writes the file.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::name::clean;

/// A cell of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell<'a> {
    /// Nothing.
    Blank,
    /// A text: a number that names something, such as an admission number, is one too.
    Text(Cow<'a, str>),
    /// A whole number that can be reckoned with.
    Number(i64),
    /// Tenths of a percent: 943 is 94.3 %.
    Percent(i64),
    /// Tenths of a point, up or down: -12 is 1.2 points less.
    Points(i64),
    /// Minutes.
    Minutes(i64),
    /// A day.
    Date(NaiveDate),
    /// A day that is written out: "Monday 1 September 2025".
    LongDate(NaiveDate),
    /// A time of day, to the minute.
    Time(NaiveTime),
    /// A day and a time, to the minute.
    Moment(NaiveDateTime),
}

impl<'a> Cell<'a> {
    /// A text, cleaned of what commands a terminal; blank where nothing stands there.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        let text = text.into();
        let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let text = if is_plain { text } else { Cow::Owned(clean(&text)) };
        if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
    }

    /// What is there, made a cell by `cell`; else blank.
    pub fn some<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell<'a>) -> Cell<'a> {
        value.map_or(Cell::Blank, cell)
    }

    /// The same, holding on to nothing.
    pub fn owned(self) -> Cell<'static> {
        match self {
            Cell::Blank => Cell::Blank,
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Number(number) => Cell::Number(number),
            Cell::Percent(tenths) => Cell::Percent(tenths),
            Cell::Points(tenths) => Cell::Points(tenths),
            Cell::Minutes(minutes) => Cell::Minutes(minutes),
            Cell::Date(date) => Cell::Date(date),
            Cell::LongDate(date) => Cell::LongDate(date),
            Cell::Time(time) => Cell::Time(time),
            Cell::Moment(moment) => Cell::Moment(moment),
        }
    }

    /// It in letters: days as 2026-11-24, times as 08:57, percentages and points with one decimal, points with their sign.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) | Cell::Minutes(number) => number.to_string().into(),
            Cell::Percent(tenths) => decimal(*tenths).into(),
            Cell::Points(tenths) if *tenths > 0 => format!("+{}", decimal(*tenths)).into(),
            Cell::Points(tenths) => decimal(*tenths).into(),
            Cell::Date(date) => date.to_string().into(),
            Cell::LongDate(date) => date.format("%A %-d %B %Y").to_string().into(),
            Cell::Time(time) => time.format("%H:%M").to_string().into(),
            Cell::Moment(moment) => moment.format("%Y-%m-%d %H:%M").to_string().into(),
        }
    }
}

/// Tenths with their decimal: -12 is "-1.2".
fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_with_their_decimal_and_points_with_their_sign() {
        for (cell, written) in [
            (Cell::Percent(943), "94.3"),
            (Cell::Percent(1000), "100.0"),
            (Cell::Percent(0), "0.0"),
            (Cell::Points(12), "+1.2"),
            (Cell::Points(-3), "-0.3"),
            (Cell::Points(0), "0.0"),
            (Cell::Minutes(0), "0"),
        ] {
            assert_eq!(cell.written(), written);
        }
    }
}
