//! Converts the field's values to and from columns: strictly, so that a damaged value is a fault and not a wrong mark.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Type, ValueRef};
use rusqlite::{Row, ToSql};

use crate::domain::act::disclosure::Shown;
use crate::domain::act_id::ActId;
use crate::domain::calendar::Closure;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::cases::change::CaseSource;
use crate::domain::cases::ending::{ImprovementOutcome, LeaveOutcome, PenaltyOutcome, VisitOutcome};
use crate::domain::cases::event::{ContactWay, MeetingKind, VisitPurpose};
use crate::domain::cases::letters::LetterOutcome;
use crate::domain::cases::support::SupportKind;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::ArrangementId;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::facts::desk_presence::Place;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::handback::{AnswerKind, Form, HandbackId};
use crate::domain::facts::late_step::LateStep;
use crate::domain::facts::lesson::LessonId;
use crate::domain::facts::message::Channel;
use crate::domain::facts::presence::Way;
use crate::domain::facts::promise::PromiseKind;
use crate::domain::facts::register::ChaseMethod;
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::contact::{CallOutcome, ContactId};
use crate::domain::people::correction::{CorrectionId, CorrectionKind};
use crate::domain::people::details::Sex;
use crate::domain::people::pupil::{GroupId, HouseholdId, PupilId, StaffId};

macro_rules! numbers {
    ($($id:ident)*) => {
        $(impl ToSql for $id {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $id {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<$id> {
                i64::column_result(value).map($id)
            }
        })*
    };
}

numbers! { ActId ArrangementId ContactId CorrectionId GroupId HandbackId HouseholdId LessonId PupilId StaffId }

macro_rules! words {
    ($($word:ident)*) => {
        $(impl ToSql for $word {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.as_str()))
            }
        }

        impl FromSql for $word {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<$word> {
                let text = value.as_str()?;
                $word::parse(text).ok_or_else(|| FromSqlError::Other(format!("“{text}”").into()))
            }
        })*
    };
}

words! {
    AnswerKind CallOutcome CaseSource Channel ChaseMethod Closure Code ContactWay ContradictionKind CorrectionKind Form
    ImprovementOutcome LateStep LeaveOutcome LetterOutcome MeetingKind PenaltyOutcome Place PromiseKind Session Sex Shown StepKind VisitOutcome
    SupportKind VisitPurpose Way
}

/// SQL of a pupil's name as lists have it: "Khan, Amira", by the names in use.
pub const LIST_NAME: &str = "coalesce(preferred_surname, surname) || ', ' || coalesce(preferred_forename, forename)";

/// A date as stored. (rusqlite's own way with dates reads leniently, and keeps seconds and offsets that no column has.)
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

/// Several texts of one column, a line each; none where it is NULL.
pub fn lines(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let text = row.get_ref(column)?.as_str_or_null().map_err(|_| unreadable(column, "not text"))?;
    Ok(text.unwrap_or_default().lines().map(str::to_owned).collect())
}

/// The fault of a column whose text means nothing.
pub fn unreadable(column: usize, text: &str) -> rusqlite::Error {
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

/// `2026-11-24` and nothing else; by hand, because a year is thousands of these.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_at_checked(2)?;
    NaiveDate::from_ymd_opt(i32::try_from(digits(year)?).ok()?, digits(month)?, digits_of_two(day.strip_prefix('-')?)?)
}

/// `08:57` and nothing else.
fn parse_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_at_checked(2)?;
    NaiveTime::from_hms_opt(digits(hour)?, digits_of_two(minute.strip_prefix(':')?)?, 0)
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().try_fold(0, |sum: u32, byte| Some(sum * 10 + char::from(byte).to_digit(10)?))
}

fn digits_of_two(text: &str) -> Option<u32> {
    (text.len() == 2).then(|| digits(text))?
}

/// A date.
pub fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    parsed(row, column, parse_date)
}

/// A date, or nothing.
pub fn date_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    optional(row, column, parse_date)
}

/// A session of a date, in two columns.
pub fn session_date(row: &Row<'_>, column: usize) -> rusqlite::Result<SessionDate> {
    Ok(SessionDate::new(date(row, column)?, row.get(column + 1)?))
}

/// A time.
pub fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveTime> {
    parsed(row, column, parse_time)
}

/// A time, or nothing.
pub fn time_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveTime>> {
    optional(row, column, parse_time)
}

/// An instant.
pub fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    parsed(row, column, |text| Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc)))
}

/// A mark in two columns, code and minutes, or nothing.
pub fn mark_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Mark>> {
    let minutes = row.get(column + 1)?;
    Ok(row.get::<_, Option<Code>>(column)?.map(|code| Mark { code, minutes }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(days in 0_i32..400_000, minutes in 0_u32..1440) {
            let date = NaiveDate::from_num_days_from_ce_opt(600_000 + days).unwrap();
            prop_assert_eq!(parse_date(&date_text(date)), Some(date));
            let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
            prop_assert_eq!(parse_time(&time_text(time)), Some(time));
        }

        #[test]
        fn nothing_else_is_a_date_or_a_time(text in "[0-9:-]{0,12}|.{0,12}") {
            if let Some(date) = parse_date(&text) {
                prop_assert_eq!(date_text(date), text.clone());
            }
            if let Some(time) = parse_time(&text) {
                prop_assert_eq!(time_text(time), text);
            }
        }
    }
}
