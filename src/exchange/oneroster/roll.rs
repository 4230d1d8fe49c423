//! From what the tables said to pupils, staff, groups and contacts.

use std::collections::HashMap;

use super::groups::Groups;
use super::homes;
use super::people::{People, Person, checked_upn};
use crate::domain::incoming::{IncomingPupil, IncomingStaff, PupilKey};
use crate::domain::upn::has_shape;
use crate::exchange::Read;
use crate::exchange::blank::stands_for_nothing;
use crate::exchange::key::{spoilt, tidy_upn};
use crate::exchange::notes::Notes;
use crate::exchange::table::{Column, Row, Table};

/// The columns of `users.csv` in which a pupil's own numbers may stand.
pub(super) struct IdColumns {
    identifier: Column,
    user_ids: Column,
    upn: Column,
    admission: [Column; 3],
}

impl IdColumns {
    pub fn of(table: &Table<'_>) -> IdColumns {
        IdColumns {
            identifier: table.column("identifier"),
            user_ids: table.column("userIds"),
            upn: table.column("metadata.upn"),
            admission: ["metadata.admissionNumber", "metadata.admissionNo", "metadata.admission_no"]
                .map(|heading| table.column(heading)),
        }
    }

    /// The UPN is where it is called so, or where something has its shape; the admission number is where it is called so, or the
    /// identifier.
    pub fn read(&self, row: Row<'_>, person: &mut Person, notes: &mut Notes) {
        let identifier = row.text(self.identifier);
        let ids = row.cell(self.user_ids);
        let ids: Vec<(&str, &str)> = ids
            .as_str()
            .split(',')
            .map(|pair| pair.trim().trim_start_matches('{').trim_end_matches('}'))
            .map(|pair| pair.split_once(':').unwrap_or(("", pair)))
            .collect();
        let shaped = |text: &str| Some(tidy_upn(text)).filter(|upn| has_shape(upn));
        person.upn = row
            .text(self.upn)
            .and_then(|text| checked_upn(row, &text, notes))
            .or_else(|| ids.iter().find_map(|(_, id)| shaped(id)))
            .or_else(|| shaped(identifier.as_deref()?));
        person.admission_no = self.admission.iter().find_map(|column| row.text(*column)).or_else(|| {
            // Some systems repeat the e-mail address here.
            identifier.filter(|text| shaped(text).is_none() && !text.contains('@'))
        });
        if let Some(number) = person.admission_no.take_if(|number| stands_for_nothing(number)) {
            let says = || format!("“{number}” stands for nothing and was left out");
            notes.add("nothing", &number, || row.place(), says);
        }
        if let Some(number) = person.admission_no.take_if(|number| spoilt(number).is_some()) {
            let says = || format!("“{number}” was left out: {}", spoilt(&number).unwrap_or_default());
            notes.add("spoilt", &number, || row.place(), says);
        }
    }
}

/// Add everybody and everything to what was read.
pub(super) fn add(people: &People, groups: Groups, read: &mut Read) {
    let mut notes = Notes::default();
    let keys = keys(people, &mut notes);
    let homes = homes::find(people, &mut notes);
    read.rejects.extend(people.without_role());
    for person in &people.list {
        if let Some(post) = person.post() {
            let (source_id, name) = (Some(person.id.clone()), person.name());
            read.incoming
                .staff
                .push((person.place.clone(), IncomingStaff { source_id, name, post: Some(post.to_owned()) }));
        }
    }
    for (index, pupil) in people.pupils() {
        let Some(key) = keys.get(&index) else { continue };
        let incoming = IncomingPupil {
            key: key.clone(),
            surname: pupil.family.clone(),
            forename: pupil.given.clone(),
            year: pupil.year,
            group: groups.of(index).map(str::to_owned),
            household: homes.household(index).map(str::to_owned),
            from: pupil.from,
            until: pupil.until,
            stays: false,
        };
        read.incoming.pupils.push((pupil.place.clone(), incoming));
        read.incoming.contacts.extend(homes.contacts(people, index, key).map(|contact| (pupil.place.clone(), contact)));
    }
    read.incoming.groups.extend(groups.into_incoming(people));
    read.warnings.extend(notes.into_warnings());
}

/// The keys of every pupil. A number two pupils share is only the first's: they are told apart by `sourcedId`.
fn keys(people: &People, notes: &mut Notes) -> HashMap<usize, PupilKey> {
    let mut seen: HashMap<&str, u64> = HashMap::new();
    let mut keys = HashMap::new();
    for (index, pupil) in people.pupils() {
        let [admission_no, upn] =
            [("admission number", &pupil.admission_no), ("UPN", &pupil.upn)].map(|(what, number)| {
                let number = number.as_deref()?;
                if let Some(line) = seen.get(number) {
                    let says =
                        || format!("line {line} already has the {what} {number}: {} comes without", pupil.name());
                    notes.add(what, number, || pupil.place.clone(), says);
                    return None;
                }
                seen.insert(number, pupil.place.line);
                Some(number.to_owned())
            });
        keys.insert(index, PupilKey { source_id: Some(pupil.id.clone()), admission_no, upn });
    }
    keys
}
