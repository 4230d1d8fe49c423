//! firstbell's own flat CSV files. Which one a file is, its headings say; its name does not matter.

mod arrangements;
mod calendar;
mod contacts;
mod flags;
mod lessons;
mod marks;
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

/// Read `table`, whatever kind of flat file it is.
pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read) -> Result<(), ReadFault> {
    let kind = kind_of(table)?;
    read_kind(kind, table, known, read)
}

/// Read `table`, which is of that kind.
pub(super) fn read_kind(kind: Kind, table: &mut Table<'_>, known: Known<'_>, read: &mut Read) -> Result<(), ReadFault> {
    let mut notes = Notes::default();
    let keys: &[&str] = if kind.names_pupils() { &KEYS } else { &[] };
    let columns = [kind.needed(), kind.optional(), keys].concat();
    table.has_each_once(|heading| columns.contains(&heading))?;
    for heading in table.headings().iter().filter(|one| !one.is_empty() && !columns.contains(&one.as_str())) {
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
    }
    if table.rows() == 0 {
        read.warnings.push(Warning { place: table.place(1), text: "this file has headings and no rows".to_owned() });
    }
    read.warnings.extend(notes.into_warnings());
    Ok(())
}

fn kind_of(table: &Table<'_>) -> Result<Kind, ReadFault> {
    let headings = table.headings();
    let not_known = |why: String| Err(ReadFault::NotKnown { file: table.file().to_owned(), why });
    // Marks first and pupils last: the more a kind needs, the surer it is.
    let by_need =
        [Kind::Marks, Kind::Lessons, Kind::Arrangements, Kind::Contacts, Kind::Flags, Kind::Pupils, Kind::Calendar];
    let judged = by_need.map(|kind| (kind, kind.missing(headings)));
    if let Some((kind, _)) = judged.iter().find(|(_, (missing, _))| missing.is_empty()) {
        let of_marks = headings.iter().find(|heading| *kind == Kind::Pupils && OF_MARKS.contains(&heading.as_str()));
        return match of_marks {
            None => Ok(*kind),
            Some(heading) => not_known(format!(
                "is no file of pupils, having a column “{heading}”, and none of marks, which has date, session and code"
            )),
        };
    }
    if table.column("sourcedId").is_there() {
        return not_known("is part of a OneRoster export: import its whole folder, or the zip".to_owned());
    }
    let near = judged.iter().find(|(_, (missing, there))| *there > missing.len());
    if let Some((kind, (missing, _))) = near {
        return not_known(format!("looks like {}, but has no column {}", kind.as_str(), missing.join(", nor ")));
    }
    let first = table.first_line();
    not_known(format!(
        "is not a file firstbell knows, its headings being “{first}”: it reads OneRoster folders and zips, and CSV files of \
         pupils, contacts, flags, calendar, marks, lessons and arrangements"
    ))
}
