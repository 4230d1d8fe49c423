//! The flat file of marks: one row for each pupil and session.

use super::names::{Names, PupilNumbers};
use super::seen::{Seen, twice};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{Code, CodeFault};
use crate::domain::facts::evidence::Mark;
use crate::domain::incoming::{IncomingUnknown, Marks, Place, RAW_MAX, REFUSED_MAX, Reject};
use crate::exchange::cells::key::KeyColumns;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Cell, Column, Row, Table};
use crate::exchange::{Known, Read};

/// No session lasts longer.
const MINUTES_MAX: i64 = 600;

struct Columns {
    key: KeyColumns,
    date: Column,
    session: Column,
    code: Column,
    minutes: Column,
    by: Column,
}

pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read, notes: &mut Notes) {
    let columns = Columns {
        key: KeyColumns::of(table),
        date: table.column("date"),
        session: table.column("session"),
        code: table.column("code"),
        minutes: table.column("minutes"),
        by: table.column("by"),
    };
    let first = read.incoming.marks.len();
    let (mut names, mut seen) = (Names::default(), Seen::default());
    while let Some(row) = table.next(&mut read.rejects) {
        let incoming = &mut read.incoming;
        let found = mark(row, &columns, known, notes, &mut names, (&mut incoming.marks, &mut incoming.unknown_marks));
        let (at, mark, pupil) = match found {
            Ok(Some(mark)) => mark,
            Ok(None) => continue,
            Err(reject) => {
                read.rejects.push(reject);
                continue;
            }
        };
        if seen.is_first(pupil.seen_as, at) {
            let source = names.source(row, columns.by, &mut read.incoming.marks);
            read.incoming.marks.add(pupil.number, source, row.line(), at, mark);
        } else {
            let reject = row.cell(columns.code).reject(&twice(None, at));
            seen.refuse(&mut read.rejects, reject, pupil.seen_as, at);
        }
    }
    seen.name_first_lines(&names.pupils_of(&read.incoming.marks), &read.incoming.marks, first, &mut read.rejects);
}

/// The session, the mark and the pupil of a row; `None` when the row says that there is none yet, or has one that is no code: that is among the `unknown`.
fn mark(
    row: Row<'_>,
    columns: &Columns,
    known: Known<'_>,
    notes: &mut Notes,
    names: &mut Names,
    (marks, unknown): (&mut Marks, &mut Vec<(Place, IncomingUnknown)>),
) -> Result<Option<(SessionDate, Mark, PupilNumbers)>, Reject> {
    let pupil = names.pupil(row, columns.key, marks)?;
    let date = names.date(&row.cell(columns.date))?;
    if date > known.today {
        let reason = "this date is still to come: its register cannot have been taken";
        return Err(row.cell(columns.date).reject(reason));
    }
    let cell = row.cell(columns.session);
    let Some(session) = Session::parse(cell.needed()?) else {
        return Err(cell.reject("the session is AM or PM"));
    };
    let at = SessionDate::new(date, session);
    let cell = row.cell(columns.code);
    if matches!(cell.as_str(), "" | "-" | "--") {
        notes.add("blank", "", || row.place(), || "no mark here yet, so the row was left out".to_owned());
        return Ok(None);
    }
    if may_mean_something(&cell, at, known) && unknown.len() < REFUSED_MAX {
        let minutes =
            row.cell(columns.minutes).as_str().parse().ok().filter(|minutes| (0..=MINUTES_MAX).contains(minutes));
        let (raw, by) = (cell.as_str().to_owned(), row.text(columns.by));
        let (pupil, _) = columns.key.read(row)?;
        unknown.push((row.place(), IncomingUnknown { pupil, at, raw, minutes, by }));
        return Ok(None);
    }
    let code = code(row, &cell, at, known, notes)?;
    let minutes = minutes(row, columns.minutes, code, notes)?;
    Ok(Some((at, Mark { code, minutes }, pupil)))
}

/// Whether a cell holds no code, and somebody may know what it means: a school's own, or a slip of the hand.
fn may_mean_something(cell: &Cell<'_>, at: SessionDate, known: Known<'_>) -> bool {
    let text = cell.as_str();
    let is_none = |code| matches!(known.codes.check(code, at.date, at.session), Err(CodeFault::Unknown(_)));
    text.chars().nth(RAW_MAX).is_none() && !is_spoilt(text) && Code::parse(text).is_none_or(is_none)
}

/// Whether a spreadsheet may have made this of a code: what Excel makes of / \ - and = when it opens a file is #NAME?, 00-Jan-00, 1/0.
fn is_spoilt(text: &str) -> bool {
    text.len() > 3 && (text.starts_with('#') || text.contains(['/', '-', ':']))
}

/// The code of a cell. One that is out of date is kept as written, since an import may be of an earlier year's registers; a
/// present mark of the other session is kept as this one's; both are said.
fn code(row: Row<'_>, cell: &Cell<'_>, at: SessionDate, known: Known<'_>, notes: &mut Notes) -> Result<Code, Reject> {
    let Some(code) = Code::parse(cell.as_str()) else { return Err(not_a_code(cell)) };
    match known.codes.check(code, at.date, at.session) {
        // Whom a code is for is asked where the pupil is known.
        Ok(_) | Err(CodeFault::NotFor { .. }) => Ok(code),
        Err(CodeFault::Unknown(_)) => Err(not_a_code(cell)),
        Err(fault @ CodeFault::OutOfDate { .. }) => {
            notes.add("out of date", code.as_str(), || row.place(), || format!("{fault}; it is read as written"));
            Ok(code)
        }
        Err(CodeFault::WrongSession { belongs, .. }) => {
            let swapped = if code == Code::present(belongs) { Code::present(at.session) } else { code };
            notes.add(
                "wrong session",
                code.as_str(),
                || row.place(),
                || format!("code {code} belongs to the {belongs} session; it is read as {swapped}"),
            );
            Ok(swapped)
        }
    }
}

/// A reject of a cell that holds no code.
pub(super) fn not_a_code(cell: &Cell<'_>) -> Reject {
    cell.reject(if is_spoilt(cell.as_str()) {
        "this is not an attendance code; a spreadsheet may have changed it: export the file again and do not open it first"
    } else {
        "this is not an attendance code"
    })
}

/// Minutes late, with L and U only: beside another code they are left out, and said.
pub(super) fn minutes(row: Row<'_>, column: Column, code: Code, notes: &mut Notes) -> Result<Option<i64>, Reject> {
    let cell = row.cell(column);
    if cell.is_blank() {
        return Ok(None);
    }
    let minutes = cell.as_str().parse::<i64>().ok().filter(|minutes| (0..=MINUTES_MAX).contains(minutes));
    let Some(minutes) = minutes else {
        return Err(cell.reject(&format!("minutes late are a whole number from 0 to {MINUTES_MAX}")));
    };
    if code == Code::L || code == Code::U {
        return Ok(Some(minutes));
    }
    if minutes > 0 {
        let text =
            || format!("{minutes} minutes late stand beside {code}, which is not a late mark; they were left out");
        notes.add("minutes", code.as_str(), || row.place(), text);
    }
    Ok(None)
}
