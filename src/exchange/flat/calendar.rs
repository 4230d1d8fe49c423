//! The flat file of terms and closed days.

use std::collections::HashMap;

use crate::domain::calendar::Closure;
use crate::domain::incoming::{IncomingDates, Reject};
use crate::exchange::Read;
use crate::exchange::table::{Column, Row, Table};

/// No term or closure is longer; a longer one has a slip in its year.
const LONGEST_DAYS: i64 = 366;

struct Columns {
    kind: Column,
    name: Column,
    from: Column,
    until: Column,
}

pub(super) fn read(table: &mut Table<'_>, read: &mut Read) {
    let columns = Columns {
        kind: table.column("kind"),
        name: table.column("name"),
        from: table.column("from"),
        until: table.column("until"),
    };
    let mut seen = HashMap::new();
    while let Some(row) = table.next(&mut read.rejects) {
        match dates(row, &columns) {
            Ok(dates) => {
                let from = match &dates {
                    IncomingDates::Term { from, .. }
                    | IncomingDates::Closed { from, .. }
                    | IncomingDates::Open { from, .. } => *from,
                };
                let key = (matches!(dates, IncomingDates::Term { .. }), from);
                if let Some(line) = seen.get(&key) {
                    read.rejects
                        .push(row.cell(columns.from).reject(&format!("line {line} already begins on this date")));
                    continue;
                }
                seen.insert(key, row.line());
                read.incoming.calendar.push((row.place(), dates));
            }
            Err(reject) => read.rejects.push(reject),
        }
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
    if word == "term" {
        let until = until.ok_or_else(|| last.reject("a term needs a last day"))?;
        if name.is_empty() {
            return Err(row.cell(columns.name).reject("a term needs a name"));
        }
        return Ok(IncomingDates::Term { name, from, until });
    }
    if word == "open" {
        return Ok(IncomingDates::Open { from, until: until.unwrap_or(from) });
    }
    let Some(closure) = Closure::parse(&word) else {
        return Err(kind.reject("the kind is one of term, inset, bank-holiday, planned, unexpected, open"));
    };
    Ok(IncomingDates::Closed { from, until: until.unwrap_or(from), kind: closure, name })
}
