//! The flat file of lessons: one row for each pupil due in a lesson, with the mark of its register where there is one.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::marks::{minutes, not_a_code};
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, CodeFault};
use crate::domain::facts::evidence::Mark;
use crate::domain::incoming::{IncomingLesson, Reject};
use crate::exchange::cells::key::{KeyColumns, key_text};
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Cell, Column, Row, Table};
use crate::exchange::{Known, Read};

struct Columns {
    key: KeyColumns,
    date: Column,
    period: Column,
    class: Column,
    teacher: Column,
    room: Column,
    code: Column,
    minutes: Column,
}

pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read, notes: &mut Notes) {
    let columns = Columns {
        key: KeyColumns::of(table),
        date: table.column("date"),
        period: table.column("period"),
        class: table.column("class"),
        teacher: table.column("teacher"),
        room: table.column("room"),
        code: table.column("code"),
        minutes: table.column("minutes"),
    };
    let mut seen: HashMap<(String, NaiveDate, String, String), u64> = HashMap::new();
    while let Some(row) = table.next(&mut read.rejects) {
        let lesson = match lesson(row, &columns, known, notes) {
            Ok(lesson) => lesson,
            Err(reject) => {
                read.rejects.push(reject);
                continue;
            }
        };
        let pupil = key_text(&lesson.pupil).to_owned();
        let key = (pupil, lesson.date, lesson.period.clone(), lesson.class.clone());
        if let Some(line) = seen.get(&key) {
            let reason = format!("line {line} already has this pupil in this class in period {}", lesson.period);
            read.rejects.push(row.cell(columns.class).reject(&reason));
            continue;
        }
        seen.insert(key, row.line());
        read.incoming.lessons.push((row.place(), lesson));
    }
}

fn lesson(row: Row<'_>, columns: &Columns, known: Known<'_>, notes: &mut Notes) -> Result<IncomingLesson, Reject> {
    let (pupil, _) = columns.key.read(row)?;
    let date = row.cell(columns.date).needed_date()?;
    let period = row.cell(columns.period).needed()?.to_owned();
    let class = row.cell(columns.class).needed()?.to_owned();
    let mark = mark(row, columns, date, known, notes)?;
    let (teacher, room) = (row.text(columns.teacher), row.text(columns.room));
    Ok(IncomingLesson { pupil, date, period, class, teacher, room, mark })
}

/// The mark of a row; `None` while the lesson's register is not in.
fn mark(
    row: Row<'_>,
    columns: &Columns,
    date: NaiveDate,
    known: Known<'_>,
    notes: &mut Notes,
) -> Result<Option<Mark>, Reject> {
    let cell = row.cell(columns.code);
    if matches!(cell.as_str(), "" | "-" | "--") {
        return Ok(None);
    }
    if date > known.today {
        return Err(cell.reject("this date is still to come: its register cannot have been taken"));
    }
    let code = code(row, &cell, date, known, notes)?;
    Ok(Some(Mark { code, minutes: minutes(row, columns.minutes, code, notes)? }))
}

/// The code of a cell, as written: many systems write / for present in every lesson of the day.
fn code(row: Row<'_>, cell: &Cell<'_>, date: NaiveDate, known: Known<'_>, notes: &mut Notes) -> Result<Code, Reject> {
    let Some(code) = Code::parse(cell.as_str()) else { return Err(not_a_code(cell)) };
    match known.codes.check(code, date, Session::Am) {
        Ok(_) | Err(CodeFault::WrongSession { .. } | CodeFault::NotFor { .. }) => Ok(code),
        Err(CodeFault::Unknown(_)) => Err(not_a_code(cell)),
        Err(fault @ CodeFault::OutOfDate { .. }) => {
            notes.add("out of date", code.as_str(), || row.place(), || format!("{fault}; it is read as written"));
            Ok(code)
        }
    }
}
