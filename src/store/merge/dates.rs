//! Terms, closed days, and days whose times are not the usual ones.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{Count, Merged, terms};
use crate::domain::calendar::{Calendar, OtherTimes, Term};
use crate::domain::day::closed_marks;
use crate::domain::incoming::{IncomingDates, Place, Warning};
use crate::domain::school::roll::planned;
use crate::store::columns::{date_text, time_text};
use crate::store::read::roll;
use crate::store::tables::mark;

/// The longest term or closure.
const LONGEST: Days = Days::new(366);

/// Merge terms and stretches of other times (by first day), closed days and early ends (by date).
pub fn merge(
    connection: &Connection,
    incoming: &[(Place, IncomingDates)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    let (mut terms, mut given) = (Vec::new(), HashMap::new());
    for (place, one) in incoming {
        step();
        let (from, until) = one.span();
        if until < from {
            merged.reject(place, "until", &date_text(until), "the last day is before the first");
            continue;
        }
        if from.checked_add_days(LONGEST).is_none_or(|latest| latest < until) {
            merged.reject(place, "until", &date_text(until), "the last day is more than a year after the first");
            continue;
        }
        match one {
            IncomingDates::Term { name, from, until } => {
                terms.push((place, Term { name: name.clone(), from: *from, until: *until }));
            }
            IncomingDates::Open { from, until } => {
                // Opened and closed by one file, the day would change at every run.
                let closes =
                    |other: &IncomingDates| matches!(other, IncomingDates::Closed { .. }) && other.overlaps(one);
                if incoming.iter().any(|(_, other)| closes(other)) {
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
                let mut before = None;
                for date in from.iter_days().take_while(|date| date <= until) {
                    // The later of two rows would win, and the first again at the next run.
                    let (first, why) = *given.entry(date).or_insert((place, (*kind, name)));
                    if why != (*kind, name) {
                        before = before.or(Some((date, first)));
                        continue;
                    }
                    let row = [("kind", kind.as_str()), ("name", name)];
                    put(connection, "closed_day", ("date", date), &row, &mut merged.calendar)?;
                }
                if let Some((date, Place { file, line })) = before {
                    let date = date.format("%a %-d %b %Y");
                    let text = format!("{date} is closed by {file} line {line} for another reason, which is kept");
                    merged.warnings.push(Warning { place: place.clone(), text });
                }
            }
            IncomingDates::EarlyEnd { date, at, name } => {
                if let Some(why) = early_end(connection, *date, *at, name, &mut merged.calendar)? {
                    merged.reject(place, "at", &time_text(*at), why);
                }
            }
            IncomingDates::Times { name, from, until, times } => {
                if let Some(other) = others(connection, one)?.iter().find(|other| other.from != *from) {
                    let why =
                        format!("{} have other times already: take those back by a row usual first", describe(other));
                    merged.reject(place, "from", &date_text(*from), why);
                    continue;
                }
                let row: [(&str, &str); 3] =
                    [("last_day", &date_text(*until)), ("name", name), ("times", &roll::text(times)?)];
                put(connection, "other_times", ("first_day", *from), &row, &mut merged.calendar)?;
            }
            IncomingDates::Usual { from, .. } => {
                let gives = |other: &IncomingDates| {
                    matches!(other, IncomingDates::EarlyEnd { .. } | IncomingDates::Times { .. }) && other.overlaps(one)
                };
                if incoming.iter().any(|(_, other)| gives(other)) {
                    merged.reject(place, "from", &date_text(*from), "another row gives a day of these other times");
                } else if let Some(why) = usual(connection, one, &mut merged.calendar)? {
                    merged.reject(place, "from", &date_text(*from), why);
                }
            }
        }
    }
    terms::merge(connection, terms, merged)
}

/// Tell of marks on school days of the calendar `before` that are none of the calendar `now`: they stay, and count in nothing.
pub fn warn_of_closed(
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
        // Closed by a row of its own, or left outside by the term that ends before it or begins after it.
        let closes = |(_, one): &&(Place, IncomingDates)| matches!(one, IncomingDates::Closed { from, until, .. } if (from..=until).contains(&&date));
        let ends = |(_, one): &&(Place, IncomingDates)| matches!(one, IncomingDates::Term { from, until, .. } if *from <= date && *until < date);
        let begins =
            |(_, one): &&(Place, IncomingDates)| matches!(one, IncomingDates::Term { from, .. } if *from > date);
        let later = || incoming.iter().filter(begins).min_by_key(|(_, one)| one.span().0);
        let row = incoming.iter().find(closes).or_else(|| incoming.iter().rfind(ends)).or_else(later);
        if let Some((place, _)) = row.filter(|_| marks > 0) {
            merged.warnings.push(Warning { place: place.clone(), text: closed_marks::describe(marks, date, now) });
        }
    }
    Ok(())
}

/// End a day early, or say why it cannot end then.
fn early_end(
    connection: &Connection,
    date: NaiveDate,
    at: NaiveTime,
    name: &str,
    count: &mut Count,
) -> rusqlite::Result<Option<String>> {
    let (school, calendar) = (roll::school(connection)?, roll::calendar(connection)?);
    let day = planned(&school, &calendar, date);
    if at <= day.am.closes {
        let closes = day.am.closes.format("%H:%M");
        return Ok(Some(format!("the morning's register is open until {closes}: close the day, or give a later time")));
    }
    if at >= day.pm.ends {
        let ends = day.pm.ends.format("%H:%M");
        return Ok(Some(format!("the day ends at {ends} as it is: give an earlier time, or leave the row out")));
    }
    put(connection, "early_end", ("date", date), &[("at", &time_text(at)), ("name", name)], count)?;
    Ok(None)
}

/// Give days their usual times back, or say why not: a stretch goes whole.
fn usual(connection: &Connection, days: &IncomingDates, count: &mut Count) -> rusqlite::Result<Option<String>> {
    let (from, until) = days.span();
    let is_cut = |other: &&OtherTimes| other.from < from || until < other.until;
    if let Some(other) = others(connection, days)?.iter().find(is_cut) {
        return Ok(Some(format!("{} have other times together: give their first and last day", describe(other))));
    }
    let mut gone = 0;
    for delete in [
        "DELETE FROM early_end WHERE date BETWEEN ?1 AND ?2",
        "DELETE FROM other_times WHERE first_day BETWEEN ?1 AND ?2",
    ] {
        gone += connection.prepare_cached(delete)?.execute([date_text(from), date_text(until)])? as u64;
    }
    count.gone += gone;
    count.same += u64::from(gone == 0);
    Ok(None)
}

/// The stretches with times of their own that share a day with `dates`.
fn others(connection: &Connection, dates: &IncomingDates) -> rusqlite::Result<Vec<OtherTimes>> {
    let (from, until) = dates.span();
    let mut all = roll::calendar(connection)?.other_times;
    all.retain(|other| other.from <= until && from <= other.until);
    Ok(all)
}

/// "16 Nov to 20 Nov (Exam week)".
fn describe(other: &OtherTimes) -> String {
    let name = if other.name.is_empty() { String::new() } else { format!(" ({})", other.name) };
    format!("{} to {}{name}", other.from.format("%-d %b"), other.until.format("%-d %b"))
}

/// Put one row of a table by the date that is its key.
fn put(
    connection: &Connection,
    table: &str,
    (key, date): (&str, NaiveDate),
    row: &[(&str, &str)],
    count: &mut Count,
) -> rusqlite::Result<()> {
    let date = date_text(date);
    let values = || std::iter::once(date.as_str()).chain(row.iter().map(|(_, value)| *value));
    let columns: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
    let each = |of: &dyn Fn(&str, usize) -> String, between: &str| {
        columns.iter().zip(2..).map(|(column, place)| of(column, place)).collect::<Vec<_>>().join(between)
    };
    let equal = each(&|column, place| format!("{column} = ?{place}"), " AND ");
    let same: Option<bool> = connection
        .prepare_cached(&format!("SELECT {equal} FROM {table} WHERE {key} = ?1"))?
        .query_row(params_from_iter(values()), |row| row.get(0))
        .optional()?;
    if same == Some(true) {
        count.same += 1;
        return Ok(());
    }
    let (names, places) = (columns.join(", "), each(&|_, place| format!("?{place}"), ", "));
    let update = each(&|column, _| format!("{column} = excluded.{column}"), ", ");
    let insert =
        format!("INSERT INTO {table} ({key}, {names}) VALUES (?1, {places}) ON CONFLICT DO UPDATE SET {update}");
    connection.prepare_cached(&insert)?.execute(params_from_iter(values()))?;
    if same.is_none() {
        count.new += 1;
    } else {
        count.changed += 1;
    }
    Ok(())
}
