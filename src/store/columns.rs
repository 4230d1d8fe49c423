//! How the field's values stand in columns: read strictly, so that a damaged value is a fault and not a wrong mark.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rusqlite::Row;
use rusqlite::types::Type;

use crate::domain::code::Code;
use crate::domain::evidence::Mark;
use crate::domain::session::{Session, SessionDate};

/// A date as stored.
pub fn date_text(date: NaiveDate) -> String {
    date.to_string()
}

/// A time as stored: to the minute.
pub fn time_text(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// An instant as stored: to the second, so that text sorts as time does.
pub fn instant_text(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn unreadable(column: usize, text: &str) -> rusqlite::Error {
    let what = format!("“{text}”");
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, what.into())
}

/// The fault of a column that must hold something and does not.
pub fn missing(column: usize) -> rusqlite::Error {
    unreadable(column, "nothing")
}

fn parsed<T>(row: &Row<'_>, column: usize, parse: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str().map_err(|_| unreadable(column, "not text"))?;
    parse(text).ok_or_else(|| unreadable(column, text))
}

fn optional<T>(row: &Row<'_>, column: usize, parse: impl Fn(&str) -> Option<T>) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null().map_err(|_| unreadable(column, "not text"))?;
    text.map(|text| parse(text).ok_or_else(|| unreadable(column, text))).transpose()
}

/// `2026-11-24`.
fn parse_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

/// A date.
pub fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    parsed(row, column, parse_date)
}

/// A date, or nothing.
pub fn date_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    optional(row, column, parse_date)
}

/// A session.
pub fn session(row: &Row<'_>, column: usize) -> rusqlite::Result<Session> {
    parsed(row, column, Session::parse)
}

/// A session of a date, in two columns.
pub fn session_date(row: &Row<'_>, column: usize) -> rusqlite::Result<SessionDate> {
    Ok(SessionDate::new(date(row, column)?, session(row, column + 1)?))
}

/// A time, or nothing.
pub fn time_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveTime>> {
    optional(row, column, parse_time)
}

/// An instant.
pub fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    parsed(row, column, |text| Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc)))
}

/// A code, or nothing.
pub fn code_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Code>> {
    optional(row, column, Code::parse)
}

/// A mark in two columns, code and minutes, or nothing.
pub fn mark_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Mark>> {
    let minutes = row.get(column + 1)?;
    Ok(code_or_none(row, column)?.map(|code| Mark { code, minutes }))
}

/// One of a set of words.
pub fn word<T>(row: &Row<'_>, column: usize, parse: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    parsed(row, column, parse)
}
