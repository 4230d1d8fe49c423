//! firstbell's own flat CSV files. Which one a file is, its headings say; its name does not matter.

mod arrangements;
mod arrivals;
mod calendar;
mod calls;
mod contacts;
mod flags;
mod lessons;
mod marks;
mod messages;
mod names;
mod pupils;
mod seen;
pub mod template;
#[cfg(test)]
mod tests;

use crate::domain::incoming::Warning;
use crate::exchange::fault::ReadFault;
use crate::exchange::kind::{KEYS, Kind, OF_MARKS};
use crate::exchange::table::Table;
use crate::exchange::table::notes::Notes;
use crate::exchange::{Known, Read};

/// The columns that a table of that kind may have.
pub(super) fn columns(kind: Kind) -> Vec<&'static str> {
    let keys: &[&str] = if kind.names_pupils() { &KEYS } else { &[] };
    [kind.needed(), kind.optional(), keys].concat()
}

/// Read `table`, which is of that kind.
pub(super) fn read_kind(kind: Kind, table: &mut Table<'_>, known: Known<'_>, read: &mut Read) -> Result<(), ReadFault> {
    let mut notes = Notes::default();
    let columns = columns(kind);
    table.has_each_once(|heading| columns.contains(&heading))?;
    for heading in table
        .headings()
        .iter()
        .filter(|one| !one.is_empty() && !columns.contains(&one.as_str()) && !kind.beside().contains(&one.as_str()))
    {
        let text = || format!("“{heading}” is not a column of {}, and was left out", kind.as_str());
        notes.add("unknown column", heading, || table.place(1), text);
    }
    let last = table.headings().iter().rposition(|one| !one.is_empty()).unwrap_or_default();
    for (place, _) in table.headings().iter().enumerate().take(last).filter(|(_, one)| one.is_empty()) {
        let text = || format!("column {} has no heading, and was left out", place + 1);
        notes.add("no heading", &place.to_string(), || table.place(1), text);
    }
    match kind {
        Kind::Pupils => pupils::read(table, known, read, &mut notes),
        Kind::Contacts => contacts::read(table, read, &mut notes),
        Kind::Flags => flags::read(table, read),
        Kind::Calendar => calendar::read(table, read),
        Kind::Marks => marks::read(table, known, read, &mut notes),
        Kind::Lessons => lessons::read(table, known, read, &mut notes),
        Kind::Arrangements => arrangements::read(table, read),
        Kind::Calls => calls::read(table, known, read, &mut notes),
        Kind::Arrivals => arrivals::read(table, known, read),
        Kind::Messages => messages::read(table, known, read),
    }
    if table.rows() == 0 {
        read.warnings.push(Warning { place: table.place(1), text: "this file has headings and no rows".to_owned() });
    }
    read.warnings.extend(notes.into_warnings());
    Ok(())
}

/// Marks first and pupils last: the more a kind needs, the surer it is.
const BY_NEED: [Kind; 10] = [
    Kind::Marks,
    Kind::Lessons,
    Kind::Arrangements,
    Kind::Calls,
    Kind::Arrivals,
    Kind::Messages,
    Kind::Contacts,
    Kind::Flags,
    Kind::Pupils,
    Kind::Calendar,
];

/// The kind that has every column it needs among `headings`, and how many of them are its own.
pub(super) fn whole(headings: &[String]) -> Option<(Kind, usize)> {
    let kind = BY_NEED.into_iter().find(|kind| kind.missing(headings).0.is_empty())?;
    let is_own = |heading: &&String| {
        let heading = heading.as_str();
        kind.needed().contains(&heading)
            || kind.optional().contains(&heading)
            || kind.beside().contains(&heading)
            || KEYS.contains(&heading)
    };
    of_marks(kind, headings).is_none().then(|| (kind, headings.iter().filter(is_own).count()))
}

/// Headings by which a file of OneRoster's is known, or of School Data Sync's, which has its names.
const OF_ONEROSTER: [&str; 4] = ["sourcedid", "usersourcedid", "classsourcedid", "propertyname"];

/// What a file of `headings` seems to be, and what it has not of that; the sentence follows its name.
pub(super) fn near(headings: &[String]) -> Option<String> {
    let judged = BY_NEED.map(|kind| (kind, kind.missing(headings)));
    if let Some((kind, _)) = judged.iter().find(|(_, (missing, _))| missing.is_empty()) {
        return of_marks(*kind, headings).map(|heading| {
            format!(
                "has pupils and a column “{heading}”, so it is not read as a list of pupils; a list of marks needs the columns date, session and \
                 code. `firstbell profile FILE` teaches firstbell which columns these are"
            )
        });
    }
    if headings.iter().any(|heading| OF_ONEROSTER.contains(&heading.as_str())) {
        return Some("is part of a OneRoster export: import its whole folder, or the zip".to_owned());
    }
    let (kind, (missing, _)) = judged.iter().find(|(_, (missing, there))| *there > missing.len())?;
    Some(format!("looks like {}, but has no column {}", kind.as_str(), missing.join(", nor ")))
}

/// A heading that tells of marks in what would else be a file of pupils.
fn of_marks(kind: Kind, headings: &[String]) -> Option<&String> {
    headings.iter().find(|heading| kind == Kind::Pupils && OF_MARKS.contains(&heading.as_str()))
}
