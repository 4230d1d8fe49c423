//! Makes pupils, staff, groups and contacts of the tables.

use std::collections::{HashMap, HashSet};

use super::groups::Groups;
use super::homes;
use super::people::{People, Person};
use crate::domain::incoming::{IncomingPupil, IncomingStaff, PupilKey};
use crate::exchange::Read;
use crate::exchange::table::notes::Notes;

/// Add everybody and everything to what was read.
///
/// Of a pupil whose contacts a delta does not name all, none is taken: those it names would be all that there are.
pub(super) fn add(people: &People, groups: Groups, is_delta: bool, read: &mut Read) {
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
    for (place, id) in &people.gone_as_pupils {
        let key = PupilKey { source_id: Some(id.clone()), ..PupilKey::default() };
        read.incoming.said_gone.push((place.clone(), key));
    }
    let is_whole = |pupil: &Person| !is_delta || people.has_agents_of(pupil);
    if is_delta {
        let taken: HashSet<&str> = people
            .pupils()
            .filter(|(_, pupil)| is_whole(pupil))
            .flat_map(|(_, pupil)| &pupil.agents)
            .map(String::as_str)
            .collect();
        let guardians = people.list.iter().filter(|person| person.guardian().is_some());
        for one in guardians.filter(|one| !taken.contains(one.id.as_str())) {
            let text = || {
                "this contact has changed, and this export does not name all contacts of the pupil: they stay as they are until a whole \
                 export (bulk) is imported"
                    .to_owned()
            };
            notes.add("contact", "", || one.place.clone(), text);
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
            household: homes.household(index).filter(|_| is_whole(pupil)).map(str::to_owned),
            from: pupil.from,
            until: pupil.until,
            stays: false,
            ..IncomingPupil::default()
        };
        read.incoming.pupils.push((pupil.place.clone(), incoming));
        let contacts = homes.contacts(people, index, key).filter(|_| is_whole(pupil));
        read.incoming.contacts.extend(contacts.map(|contact| (pupil.place.clone(), contact)));
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
