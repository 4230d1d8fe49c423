//! The flat file of terms, closed days, and days whose times are not the usual ones.

use std::collections::HashMap;

use crate::domain::calendar::Closure;
use crate::domain::calendar::session::{DayTimes, Session, SessionTimes};
use crate::domain::incoming::{IncomingDates, Reject, Warning};
use crate::exchange::Read;
use crate::exchange::table::{Column, Row, Table};

/// No term or closure is longer; a longer one has a slip in its year.
const LONGEST_DAYS: i64 = 366;

struct Columns {
    kind: Column,
    name: Column,
    from: Column,
    until: Column,
    at: Column,
    /// Opens, closes and ends, of the morning and of the afternoon.
    times: [[Column; 3]; 2],
}

pub(super) fn read(table: &mut Table<'_>, read: &mut Read) {
    let times = [["am_opens", "am_closes", "am_ends"], ["pm_opens", "pm_closes", "pm_ends"]];
    let columns = Columns {
        kind: table.column("kind"),
        name: table.column("name"),
        from: table.column("from"),
        until: table.column("until"),
        at: table.column("at"),
        times: times.map(|session| session.map(|heading| table.column(heading))),
    };
    let mut seen = HashMap::new();
    while let Some(row) = table.next(&mut read.rejects) {
        match dates(row, &columns) {
            Ok(dates) => {
                let key = (layer(&dates), dates.span().0);
                if let Some(line) = seen.get(&key) {
                    read.rejects
                        .push(row.cell(columns.from).reject(&format!("line {line} already begins on this date")));
                    continue;
                }
                seen.insert(key, row.line());
                if let IncomingDates::Times { times, .. } = &dates {
                    let warnings = times.warnings().into_iter();
                    read.warnings.extend(warnings.map(|text| Warning { place: row.place(), text }));
                }
                read.incoming.calendar.push((row.place(), dates));
            }
            Err(reject) => read.rejects.push(reject),
        }
    }
}

/// Rows of different layers may begin on one date: a term with a closed day, an exam week that ends early on its first day.
fn layer(dates: &IncomingDates) -> u8 {
    match dates {
        IncomingDates::Term { .. } => 0,
        IncomingDates::Closed { .. } | IncomingDates::Open { .. } => 1,
        IncomingDates::EarlyEnd { .. } => 2,
        IncomingDates::Times { .. } => 3,
        IncomingDates::Usual { .. } => 4,
    }
}

fn dates(row: Row<'_>, columns: &Columns) -> Result<IncomingDates, Reject> {
    let kind = row.cell(columns.kind);
    let word = kind.needed()?.to_ascii_lowercase().replace(' ', "-");
    let from = row.cell(columns.from).needed_date()?;
    let last = row.cell(columns.until);
    let until = last.date()?;
    let name = row.text(columns.name).unwrap_or_default();
    let until = match until {
        Some(until) if until < from => return Err(last.reject("the last day is before the first")),
        Some(until) if (until - from).num_days() > LONGEST_DAYS => {
            return Err(last.reject("that is longer than a year: look at the year of both dates"));
        }
        until => until,
    };
    no_stray_times(row, columns, &word)?;
    match word.as_str() {
        "term" => {
            let until = until.ok_or_else(|| last.reject("a term needs a last day"))?;
            if name.is_empty() {
                return Err(row.cell(columns.name).reject("a term needs a name"));
            }
            Ok(IncomingDates::Term { name, from, until })
        }
        "open" => Ok(IncomingDates::Open { from, until: until.unwrap_or(from) }),
        "usual" => Ok(IncomingDates::Usual { from, until: until.unwrap_or(from) }),
        "early-end" if until.is_some_and(|until| until != from) => {
            Err(last.reject("an early end is of one day: leave this blank, and give each day a row of its own"))
        }
        "early-end" => {
            let at = row.cell(columns.at).needed_time()?;
            Ok(IncomingDates::EarlyEnd { date: from, at, name })
        }
        "times" => {
            let times = times(row, columns)?;
            Ok(IncomingDates::Times { name, from, until: until.unwrap_or(from), times })
        }
        _ => {
            let Some(closure) = Closure::parse(&word) else {
                let known = Closure::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ");
                return Err(kind.reject(&format!("the kind is one of term, {known}, open, early-end, times, usual")));
            };
            Ok(IncomingDates::Closed { from, until: until.unwrap_or(from), kind: closure, name })
        }
    }
}

/// A time in a row of a kind that has none was meant for something: a training day from noon on is an early end.
fn no_stray_times(row: Row<'_>, columns: &Columns, kind: &str) -> Result<(), Reject> {
    let at = row.cell(columns.at);
    if kind != "early-end" && !at.is_blank() {
        return Err(at.reject("only an early-end has a time here: give it that kind, or leave this blank"));
    }
    let stray = columns.times.iter().flatten().map(|column| row.cell(*column)).find(|cell| !cell.is_blank());
    match stray.filter(|_| kind != "times") {
        Some(stray) => Err(stray.reject("only the kind times has a time here: give it that kind, or leave this blank")),
        None => Ok(()),
    }
}

fn times(row: Row<'_>, columns: &Columns) -> Result<DayTimes, Reject> {
    let session = |[opens, closes, ends]: [Column; 3]| -> Result<SessionTimes, Reject> {
        let time = |column| row.cell(column).needed_time();
        Ok(SessionTimes { opens: time(opens)?, closes: time(closes)?, ends: time(ends)? })
    };
    let [am, pm] = columns.times;
    let times = DayTimes::new(session(am)?, session(pm)?);
    match times.faults().into_iter().next() {
        Some((at, fault)) => {
            let [opens, ..] = if at == Session::Am { am } else { pm };
            Err(row.cell(opens).reject(&fault))
        }
        None => Ok(times),
    }
}
