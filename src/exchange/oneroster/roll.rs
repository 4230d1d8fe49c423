//! Makes pupils, staff, groups and contacts of the tables.

use std::collections::HashMap;

use super::groups::Groups;
use super::homes;
use super::people::People;
use crate::domain::incoming::{IncomingPupil, IncomingStaff, PupilKey};
use crate::exchange::Read;
use crate::exchange::table::notes::Notes;

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
            preferred_surname: pupil.preferred_family.clone(),
            preferred_forename: pupil.preferred_given.clone(),
            date_of_birth: pupil.date_of_birth.clone(),
            sex: pupil.sex.clone(),
            year: pupil.year,
            group: groups.of(index).map(str::to_owned),
            household: homes.household(index).map(str::to_owned),
            from: pupil.from,
            until: pupil.until,
            stays: false,
            ..IncomingPupil::default()
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
                    let text =
                        || format!("line {line} already has the {what} {number}: {} comes without", pupil.name());
                    notes.add(what, number, || pupil.place.clone(), text);
                    return None;
                }
                seen.insert(number, pupil.place.line);
                Some(number.to_owned())
            });
        keys.insert(index, PupilKey { source_id: Some(pupil.id.clone()), admission_no, upn });
    }
    keys
}
