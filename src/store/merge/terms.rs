//! Terms: a row replaces the term that begins on its first day, else the one of its name that it overlaps, so that both its first and
//! its last day can be put right.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::Merged;
use crate::domain::calendar::Term;
use crate::domain::incoming::Place;
use crate::domain::name::fold;
use crate::store::columns::date_text;
use crate::store::read::roll;

/// More than a hundred years of half terms.
const TERMS_MAX: usize = 1_000;

/// A term of a file, and the first day of the term that it replaces.
struct Wanted<'a> {
    place: &'a Place,
    term: Term,
    replaces: Option<NaiveDate>,
}

/// Merge the terms of a file. No two share a day: of those that would, the file's later row is refused.
pub fn merge(connection: &Connection, incoming: Vec<(&Place, Term)>, merged: &mut Merged) -> rusqlite::Result<()> {
    let held = roll::calendar(connection)?.terms;
    let mut wanted: Vec<Wanted<'_>> = Vec::new();
    for (place, term) in incoming {
        if wanted.len() == TERMS_MAX {
            merged.reject(place, "from", &date_text(term.from), format!("no calendar has more than {TERMS_MAX} terms"));
            continue;
        }
        let is_free = |other: &&Term| !wanted.iter().any(|one| one.replaces == Some(other.from));
        let same_day = held.iter().find(|other| other.from == term.from);
        let same_name = || held.iter().find(|other| fold(&other.name) == fold(&term.name) && shares(other, &term));
        let replaces = same_day.or_else(same_name).filter(is_free).map(|other| other.from);
        wanted.push(Wanted { place, term, replaces });
    }
    // A row that is refused leaves the term it would have replaced, which may stand in the way of another.
    while let Some((place, why)) = clash(&held, &wanted) {
        let refused = wanted.remove(place);
        merged.reject(refused.place, "from", &date_text(refused.term.from), why);
    }
    for Wanted { term, replaces, .. } in &wanted {
        let before = held.iter().find(|other| Some(other.from) == *replaces);
        if before == Some(term) {
            merged.calendar.same += 1;
        } else if let Some(before) = before {
            connection.prepare_cached("DELETE FROM term WHERE first_day = ?1")?.execute([date_text(before.from)])?;
            merged.calendar.changed += 1;
            if before.from != term.from {
                let [was, is] = [before.from, term.from].map(|date| date.format("%-d %b %Y"));
                merged.changes.push(format!("{}: first day: {was} → {is}", term.name));
            }
        } else {
            merged.calendar.new += 1;
        }
    }
    for Wanted { term, .. } in &wanted {
        connection
            .prepare_cached("INSERT OR IGNORE INTO term (first_day, last_day, name) VALUES (?1, ?2, ?3)")?
            .execute(params![date_text(term.from), date_text(term.until), term.name])?;
    }
    Ok(())
}

/// The last row that would share a day with another term, and why that cannot be.
fn clash(held: &[Term], wanted: &[Wanted<'_>]) -> Option<(usize, String)> {
    let stays = |term: &&Term| !wanted.iter().any(|one| one.replaces == Some(term.from));
    let mut all: Vec<(Option<usize>, &Term)> = held.iter().filter(stays).map(|term| (None, term)).collect();
    all.extend(wanted.iter().enumerate().map(|(place, one)| (Some(place), &one.term)));
    all.sort_by_key(|(_, term)| (term.from, term.until));
    let pairs = all.iter().zip(all.iter().skip(1)).filter(|((_, one), (_, other))| shares(one, other));
    let (place, other) = pairs
        .filter_map(|(one, other)| {
            let (later, earlier) = if one.0 > other.0 { (one, other) } else { (other, one) };
            Some((later.0?, earlier.1))
        })
        .max_by_key(|(place, _)| *place)?;
    let [from, until] = [other.from, other.until].map(|date| date.format("%-d %b %Y"));
    let cure = "a row of its name puts its dates right";
    Some((place, format!("the term overlaps {}, {from} to {until}: {cure}", other.name)))
}

fn shares(one: &Term, other: &Term) -> bool {
    one.from <= other.until && other.from <= one.until
}
