//! The flat file of arrivals: one row for each time that a pupil came late, went out, or both.

use super::messages::who;
use crate::domain::incoming::{IncomingArrival, Reject, Who};
use crate::exchange::cells::key::KeyColumns;
use crate::exchange::table::{Column, Row, Table};
use crate::exchange::{Known, Read};

struct Columns {
    key: KeyColumns,
    person_id: Column,
    name: Column,
    date: Column,
    arrived: Column,
    left: Column,
    reason: Column,
}

pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read) {
    let columns = Columns {
        key: KeyColumns::of(table),
        person_id: table.column("person_id"),
        name: table.column("name"),
        date: table.column("date"),
        arrived: table.column("arrived"),
        left: table.column("left"),
        reason: table.column("reason"),
    };
    while let Some(row) = table.next(&mut read.rejects) {
        match arrival(row, &columns, known) {
            Ok(one) => read.incoming.arrivals.push((row.place(), one)),
            Err(reject) => read.rejects.push(reject),
        }
    }
}

fn arrival(row: Row<'_>, columns: &Columns, known: Known<'_>) -> Result<IncomingArrival, Reject> {
    let who = who(row, columns.key, columns.name)?;
    let who = Who { person_id: row.text(columns.person_id), ..who };
    let cell = row.cell(columns.date);
    let date = cell.needed_date()?;
    if date > known.today {
        return Err(cell.reject("this date is still to come: nobody has come or gone"));
    }
    let [came, out] = [columns.arrived, columns.left].map(|column| row.cell(column).time());
    let (came, out) = (came?, out?);
    if came.is_none() && out.is_none() {
        return Err(row.cell(columns.arrived).reject("neither a time in nor a time out: nobody has come or gone"));
    }
    if came.zip(out).is_some_and(|(came, out)| out < came) {
        return Err(row.cell(columns.left).reject("the time out is before the time in: give each a row of its own"));
    }
    Ok(IncomingArrival { who, date, came, out, reason: row.text(columns.reason) })
}
