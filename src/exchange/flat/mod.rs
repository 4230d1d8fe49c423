//! firstbell's own flat CSV files. Which one a file is, its headings say; its name does not matter.

mod calendar;
mod contacts;
mod flags;
mod lessons;
mod marks;
mod pupils;
#[cfg(test)]
mod tests;

use super::fault::ReadFault;
use super::notes::Notes;
use super::table::Table;
use super::{Known, Read};
use crate::domain::incoming::Warning;

/// A kind of flat file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Pupils, and the tutor groups they are in.
    Pupils,
    /// Contacts, in calling order.
    Contacts,
    /// Flags.
    Flags,
    /// Terms, closed days, and days whose times are not the usual ones.
    Calendar,
    /// Marks.
    Marks,
    /// Pupils due in lessons, and their marks there.
    Lessons,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [Kind::Pupils, Kind::Contacts, Kind::Flags, Kind::Calendar, Kind::Marks, Kind::Lessons];

    /// The word for it, also the usual name of the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Pupils => "pupils",
            Kind::Contacts => "contacts",
            Kind::Flags => "flags",
            Kind::Calendar => "calendar",
            Kind::Marks => "marks",
            Kind::Lessons => "lessons",
        }
    }

    /// The kind called `word`.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word.trim()))
    }

    /// Columns it cannot do without, besides the pupil's key.
    fn needed(self) -> &'static [&'static str] {
        match self {
            Kind::Pupils => &["surname", "forename"],
            Kind::Contacts => &["order", "name"],
            Kind::Flags => &["flags"],
            Kind::Calendar => &["kind", "from"],
            Kind::Marks => &["date", "session", "code"],
            Kind::Lessons => &["date", "period", "class"],
        }
    }

    /// Columns it may have.
    fn optional(self) -> &'static [&'static str] {
        match self {
            Kind::Pupils => &["year", "tutor_group", "tutor", "room", "household", "from", "until"],
            Kind::Contacts => {
                &["relationship", "phone", "phone_2", "phone_3", "email", "do_not_contact", "note", "contact_id"]
            }
            Kind::Flags => &[],
            Kind::Calendar => {
                &["name", "until", "at", "am_opens", "am_closes", "am_ends", "pm_opens", "pm_closes", "pm_ends"]
            }
            Kind::Marks => &["minutes", "by"],
            Kind::Lessons => &["teacher", "room", "code", "minutes"],
        }
    }

    fn names_pupils(self) -> bool {
        self != Kind::Calendar
    }

    /// What of its needed columns `headings` has not, and how many it has.
    fn missing(self, headings: &[String]) -> (Vec<&'static str>, usize) {
        let has = |column: &str| headings.iter().any(|heading| heading == column);
        let mut missing: Vec<&str> = self.needed().iter().copied().filter(|column| !has(column)).collect();
        if self.names_pupils() && !KEYS.iter().any(|key| has(key)) {
            missing.push("admission_no or upn");
        }
        let all = self.needed().len() + usize::from(self.names_pupils());
        let there = all - missing.len();
        (missing, there)
    }
}

/// What a file of marks in another form has beside its pupils' names: taken for one of pupils, its marks would be lost.
const OF_MARKS: [&str; 5] = ["date", "session", "code", "mark", "marks"];

const KEYS: [&str; 2] = ["admission_no", "upn"];

/// Whether `word` heads a column of some flat file.
pub(super) fn is_heading(word: &str) -> bool {
    KEYS.contains(&word)
        || Kind::ALL.iter().any(|kind| kind.needed().contains(&word) || kind.optional().contains(&word))
}

/// Read `table`, whatever kind of flat file it is.
pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read) -> Result<(), ReadFault> {
    let kind = kind_of(table)?;
    let mut notes = Notes::default();
    let keys: &[&str] = if kind.names_pupils() { &KEYS } else { &[] };
    let columns = [kind.needed(), kind.optional(), keys].concat();
    table.has_each_once(|heading| columns.contains(&heading))?;
    for heading in table.headings().iter().filter(|one| !one.is_empty() && !columns.contains(&one.as_str())) {
        let says = || format!("“{heading}” is not a column of {}, and was left out", kind.as_str());
        notes.add("unknown column", heading, || table.place(1), says);
    }
    let last = table.headings().iter().rposition(|one| !one.is_empty()).unwrap_or_default();
    for (place, _) in table.headings().iter().enumerate().take(last).filter(|(_, one)| one.is_empty()) {
        let says = || format!("column {} has no heading, and was left out", place + 1);
        notes.add("no heading", &place.to_string(), || table.place(1), says);
    }
    match kind {
        Kind::Pupils => pupils::read(table, read, &mut notes),
        Kind::Contacts => contacts::read(table, read, &mut notes),
        Kind::Flags => flags::read(table, read),
        Kind::Calendar => calendar::read(table, read),
        Kind::Marks => marks::read(table, known, read, &mut notes),
        Kind::Lessons => lessons::read(table, known, read, &mut notes),
    }
    if table.rows() == 0 {
        read.warnings.push(Warning { place: table.place(1), says: "this file has headings and no rows".to_owned() });
    }
    read.warnings.extend(notes.into_warnings());
    Ok(())
}

fn kind_of(table: &Table<'_>) -> Result<Kind, ReadFault> {
    let headings = table.headings();
    let not_known = |why: String| Err(ReadFault::NotKnown { file: table.file().to_owned(), why });
    // Marks first and pupils last: the more a kind needs, the surer it is.
    let by_need = [Kind::Marks, Kind::Lessons, Kind::Contacts, Kind::Flags, Kind::Pupils, Kind::Calendar];
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
         pupils, contacts, flags, calendar, marks and lessons"
    ))
}
