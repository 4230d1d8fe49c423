//! The flat file of arrangements for many: one row for each pupil in one.

use std::collections::HashMap;

use crate::domain::calendar::week_sessions::WeekSessions;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::Terms;
use crate::domain::incoming::{IncomingArrangement, Reject};
use crate::exchange::Read;
use crate::exchange::cells::key::{KeyColumns, key_text};
use crate::exchange::flat::marks::not_a_code;
use crate::exchange::table::{Column, Row, Table};

struct Columns {
    key: KeyColumns,
    code: Column,
    title: Column,
    days: Column,
    from: Column,
    until: Column,
    leaves: Column,
    returns: Column,
    review: Column,
    phone: Column,
    note: Column,
}

pub(super) fn read(table: &mut Table<'_>, read: &mut Read) {
    let columns = Columns {
        key: KeyColumns::of(table),
        code: table.column("code"),
        title: table.column("title"),
        days: table.column("days"),
        from: table.column("from"),
        until: table.column("until"),
        leaves: table.column("leaves"),
        returns: table.column("returns"),
        review: table.column("review"),
        phone: table.column("phone"),
        note: table.column("note"),
    };
    let mut seen = HashMap::new();
    while let Some(row) = table.next(&mut read.rejects) {
        let one = match arrangement(row, &columns) {
            Ok(one) => one,
            Err(reject) => {
                read.rejects.push(reject);
                continue;
            }
        };
        let key = (key_text(&one.pupil).to_owned(), one.code, one.terms.title.clone(), one.from, one.terms.days);
        if let Some(line) = seen.get(&key) {
            read.rejects.push(row.cell(columns.title).reject(&format!("line {line} already has this pupil in it")));
            continue;
        }
        seen.insert(key, row.line());
        read.incoming.arrangements.push((row.place(), one));
    }
}

fn arrangement(row: Row<'_>, columns: &Columns) -> Result<IncomingArrangement, Reject> {
    let (pupil, _) = columns.key.read(row)?;
    let cell = row.cell(columns.code);
    let code = Code::parse(cell.needed()?).ok_or_else(|| not_a_code(&cell))?;
    let title = row.cell(columns.title).needed()?.to_owned();
    let from = row.cell(columns.from).needed_date()?;
    let cell = row.cell(columns.days);
    let has_days = !cell.is_blank();
    let days = match cell.as_str() {
        "" => WeekSessions::every_school_day(),
        typed => WeekSessions::parse(typed).map_err(|text| cell.reject(&text))?,
    };
    let until = row.cell(columns.until).date()?.unwrap_or(from);
    let [leaves, returns] = [row.cell(columns.leaves), row.cell(columns.returns)];
    if let Some(cell) = [&leaves, &returns].into_iter().find(|cell| !cell.is_blank() && (until != from || has_days)) {
        return Err(cell.reject("a time goes with an arrangement of one day, without days of the week"));
    }
    let [leaves, returns] = [leaves.time()?, returns.time()?];
    let review = row.cell(columns.review).date()?;
    let [number, note] = [columns.phone, columns.note].map(|column| row.text(column).unwrap_or_default());
    let terms = Terms { title, number, days, until, review, note };
    Ok(IncomingArrangement { pupil, code, from, terms, leaves, returns })
}
