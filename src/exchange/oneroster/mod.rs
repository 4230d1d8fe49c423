//! OneRoster 1.1 and 1.2 in CSV: `users.csv` (and in 1.2 `roles.csv`), `demographics.csv`, `classes.csv`, `enrollments.csv` and
//! `orgs.csv`.
//!
//! Tutor groups are the classes of type `homeroom`. The other files of an export are passed over.

mod groups;
mod homes;
mod manifest;
mod people;
mod roll;
mod sds;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::fault::ReadFault;
use super::table::{Column, Row, Table};
use super::{Progress, Read, with_table};
use crate::domain::incoming::{Place, Warning};
use crate::exchange::source::bundle::Bundle;
use crate::exchange::table::notes::Notes;
use people::People;
pub(super) use sds::refuse_first;

/// Every table of a OneRoster export, 1.1 or 1.2.
const FILES: &[&str] = &[
    "academicSessions.csv",
    "categories.csv",
    "classes.csv",
    "classResources.csv",
    "courses.csv",
    "courseResources.csv",
    "demographics.csv",
    "enrollments.csv",
    "lineItems.csv",
    "lineItemLearningObjectiveIds.csv",
    "lineItemScoreScales.csv",
    "manifest.csv",
    "orgs.csv",
    "resources.csv",
    "resultLearningObjectiveIds.csv",
    "results.csv",
    "resultScoreScales.csv",
    "roles.csv",
    "scoreScales.csv",
    "userProfiles.csv",
    "userResources.csv",
    "users.csv",
];

/// Whether `file` is a table of OneRoster.
pub(super) fn has(file: &str) -> bool {
    FILES.iter().any(|name| name.eq_ignore_ascii_case(file))
}

/// Whether the files are a OneRoster export.
pub(super) fn is_one(bundle: &Bundle) -> bool {
    let has = |name| bundle.find(name).is_some();
    !bundle.is_one_file() && (has("manifest.csv") || (has("users.csv") && has("orgs.csv")))
}

/// Read a OneRoster export.
pub(super) fn read(
    bundle: &mut Bundle,
    today: NaiveDate,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), ReadFault> {
    let mut source = Source { bundle, read, progress };
    let is_delta = manifest::is_delta(&mut source)?;
    let mut people = People::default();
    if !source.table("users.csv", |table, read, notes| people.read_users(table, read, notes))? {
        let why = "has no users.csv, without which a OneRoster export names nobody".to_owned();
        return Err(ReadFault::NotKnown { file: source.bundle.place().to_owned(), why });
    }
    source.table("roles.csv", |table, read, notes| people.read_roles(table, today, read, notes))?;
    source.table("demographics.csv", |table, read, notes| people.read_demographics(table, today, read, notes))?;
    let mut schools = HashMap::new();
    source.table("orgs.csv", |table, read, _| read_schools(table, read, &mut schools))?;
    let mut groups = groups::Groups::default();
    source.table("classes.csv", |table, read, notes| groups.read_classes(table, read, notes))?;
    source
        .table("enrollments.csv", |table, read, notes| groups.read_enrollments(table, &people, today, read, notes))?;
    if groups.is_empty() && !is_delta {
        let text = "no class is of type homeroom, so pupils come without tutor groups: have homerooms exported too";
        source.warn("classes.csv", text);
    }
    if people.pupils().next().is_none() && !is_delta {
        source.warn("users.csv", "nobody in this export is a pupil (role student)");
    }
    let attended: BTreeSet<&str> = people.pupils().flat_map(|(_, pupil)| pupil.schools(&schools)).collect();
    if attended.len() > 1 {
        let names = attended.into_iter().collect::<Vec<_>>().join(", ");
        source.warn("orgs.csv", &format!("the pupils are of more than one school ({names}), and all were read"));
    }
    if is_delta {
        source.warn(
            "manifest.csv",
            "this export holds what has changed alone (delta): whoever is not in it stays as they are",
        );
        source.read.incoming.is_part = true;
    }
    roll::add(&people, groups, is_delta, read);
    Ok(())
}

/// Where tables are read from, and where what is read goes.
struct Source<'s> {
    bundle: &'s mut Bundle,
    read: &'s mut Read,
    progress: &'s mut dyn FnMut(Progress<'_>),
}

impl Source<'_> {
    /// Read the table of that name with `work`; false when there is none.
    fn table(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Table<'_>, &mut Read, &mut Notes) -> Result<(), ReadFault>,
    ) -> Result<bool, ReadFault> {
        let Some(file) = self.bundle.find(name) else { return Ok(false) };
        let place = self.bundle.place().to_owned();
        with_table(self.bundle, &file, self.read, self.progress, |table, read| {
            sds::refuse_second(&place, &file, table.headings())?;
            table.has_each_once(|heading| !heading.is_empty())?;
            let mut notes = Notes::default();
            work(table, read, &mut notes)?;
            read.warnings.extend(notes.into_warnings());
            Ok(())
        })?;
        self.read.files.push(file);
        Ok(true)
    }

    fn warn(&mut self, name: &str, text: &str) {
        let place = Place { file: self.bundle.find(name).unwrap_or_else(|| name.to_owned()), line: 0 };
        self.read.warnings.push(Warning { place, text: text.to_owned() });
    }
}

/// Names of the schools among the organisations, by `sourcedId`.
fn read_schools(
    table: &mut Table<'_>,
    read: &mut Read,
    schools: &mut HashMap<String, String>,
) -> Result<(), ReadFault> {
    let (id, name, kind) = (table.needed("sourcedId")?, table.column("name"), table.column("type"));
    while let Some(row) = table.next(&mut read.rejects) {
        if let (Some(id), true) = (row.text(id), row.cell(kind).as_str().eq_ignore_ascii_case("school")) {
            let name = row.text(name).unwrap_or_else(|| id.clone());
            schools.insert(id, name);
        }
    }
    Ok(())
}

/// Whether the row is marked as deleted at its source.
fn is_gone(row: Row<'_>, status: Column) -> bool {
    ["tobedeleted", "inactive"].iter().any(|word| row.cell(status).as_str().eq_ignore_ascii_case(word))
}

/// The parts of a cell that holds a list.
fn list(row: Row<'_>, column: Column) -> Vec<String> {
    let cell = row.cell(column);
    cell.as_str().split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
