//! Terms and closed days.

use chrono::Days;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::calendar::Calendar;
use crate::domain::closed_marks;
use crate::domain::incoming::{IncomingDates, Place, Warning};

use super::super::columns::date_text;
use super::super::mark;
use super::{Count, Merged};

/// The longest term or closure.
const LONGEST: Days = Days::new(366);

/// Merge terms (by first day) and closed days (by date).
pub fn merge(
    connection: &Connection,
    incoming: &[(Place, IncomingDates)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    for (place, one) in incoming {
        step();
        let (IncomingDates::Term { from, until, .. }
        | IncomingDates::Closed { from, until, .. }
        | IncomingDates::Open { from, until }) = one;
        if until < from {
            merged.reject(place, "until", &date_text(*until), "the last day is before the first");
            continue;
        }
        if from.checked_add_days(LONGEST).is_none_or(|latest| latest < *until) {
            merged.reject(place, "until", &date_text(*until), "the last day is more than a year after the first");
            continue;
        }
        match one {
            IncomingDates::Term { name, from, until } => {
                let overlaps: Option<String> = connection
                    .prepare_cached(
                        "SELECT name FROM term WHERE first_day <= ?2 AND last_day >= ?1 AND first_day <> ?1 LIMIT 1",
                    )?
                    .query_row([date_text(*from), date_text(*until)], |row| row.get(0))
                    .optional()?;
                if let Some(other) = overlaps {
                    merged.reject(place, "from", &date_text(*from), format!("the term overlaps {other}"));
                    continue;
                }
                put(
                    connection,
                    "term",
                    ("first_day", "last_day", "name"),
                    (*from, &date_text(*until), name),
                    &mut merged.calendar,
                )?;
            }
            IncomingDates::Open { from, until } => {
                // Opened and closed by one file, the day would change at every run.
                let closes = |(_, other): &(Place, IncomingDates)| matches!(other, IncomingDates::Closed { from: first, until: last, .. } if first <= until && from <= last);
                if incoming.iter().any(closes) {
                    merged.reject(place, "from", &date_text(*from), "another row closes a day of these");
                    continue;
                }
                let opened = connection
                    .prepare_cached("DELETE FROM closed_day WHERE date BETWEEN ?1 AND ?2")?
                    .execute([date_text(*from), date_text(*until)])?;
                merged.calendar.gone += opened as u64;
                merged.calendar.same += u64::from(opened == 0);
            }
            IncomingDates::Closed { from, until, kind, name } => {
                for date in from.iter_days().take_while(|date| date <= until) {
                    put(
                        connection,
                        "closed_day",
                        ("date", "kind", "name"),
                        (date, kind.as_str(), name),
                        &mut merged.calendar,
                    )?;
                }
            }
        }
    }
    Ok(())
}

/// Tell of marks on school days of the calendar `before` that are none of the calendar `now`: they stay, and count in nothing.
pub fn tell_closed(
    connection: &Connection,
    before: &Calendar,
    now: &Calendar,
    incoming: &[(Place, IncomingDates)],
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    if !merged.calendar.moved() {
        return Ok(());
    }
    let terms = before.terms.iter().filter_map(|term| Some(term.from..term.until.succ_opt()?));
    for date in terms.flat_map(|dates| before.school_days(dates)).filter(|date| !now.is_school_day(*date)) {
        let marks = mark::count_on(connection, date)?;
        // Closed by a row of its own, or left outside by the term that ends before it.
        let closes = |(_, one): &&(Place, IncomingDates)| matches!(one, IncomingDates::Closed { from, until, .. } if (from..=until).contains(&&date));
        let ends = |(_, one): &&(Place, IncomingDates)| matches!(one, IncomingDates::Term { from, until, .. } if *from <= date && *until < date);
        let row = incoming.iter().find(closes).or_else(|| incoming.iter().rfind(ends));
        if let Some((place, _)) = row.filter(|_| marks > 0) {
            merged.warnings.push(Warning { place: place.clone(), says: closed_marks::says(marks, date, now) });
        }
    }
    Ok(())
}

fn put(
    connection: &Connection,
    table: &str,
    (key, first, second): (&str, &str, &str),
    (date, one, two): (chrono::NaiveDate, &str, &str),
    count: &mut Count,
) -> rusqlite::Result<()> {
    let select = format!("SELECT {first} = ?2 AND {second} = ?3 FROM {table} WHERE {key} = ?1");
    let same: Option<bool> = connection
        .prepare_cached(&select)?
        .query_row(params![date_text(date), one, two], |row| row.get(0))
        .optional()?;
    if same == Some(true) {
        count.same += 1;
        return Ok(());
    }
    let insert = format!(
        "INSERT INTO {table} ({key}, {first}, {second}) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET {first} = excluded.{first}, {second} = excluded.{second}"
    );
    connection.prepare_cached(&insert)?.execute(params![date_text(date), one, two])?;
    if same.is_none() {
        count.new += 1;
    } else {
        count.changed += 1;
    }
    Ok(())
}
