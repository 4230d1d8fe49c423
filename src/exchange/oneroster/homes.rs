//! Who is rung about a pupil, and who lives with whom: both from `agentSourcedIds`, read in both directions.

use std::collections::HashMap;

use super::people::People;
use crate::domain::incoming::{FAMILY_MAX, IncomingContact, PupilKey};
use crate::exchange::table::notes::Notes;

/// The guardians of each pupil, and the households they make. People are named by their place in the list.
pub(super) struct Homes {
    guardians: HashMap<usize, Vec<usize>>,
    households: HashMap<usize, String>,
}

impl Homes {
    /// The household of a pupil: the least `sourcedId` among its guardians, the same at every import.
    pub fn household(&self, pupil: usize) -> Option<&str> {
        self.households.get(&pupil).map(String::as_str)
    }

    /// The contacts of a pupil, in calling order.
    pub fn contacts(&self, people: &People, pupil: usize, key: &PupilKey) -> impl Iterator<Item = IncomingContact> {
        let guardians = self.guardians.get(&pupil).into_iter().flatten();
        guardians.filter_map(|place| people.list.get(*place)).zip(1..).map(|(guardian, order)| IncomingContact {
            pupil: key.clone(),
            source_id: Some(guardian.id.clone()),
            order,
            name: guardian.name(),
            relationship: guardian.guardian().unwrap_or_default().to_owned(),
            phones: Some(guardian.phones.clone()),
            email: guardian.email.clone(),
            ..IncomingContact::default()
        })
    }
}

/// Guardians and households. The calling order is that of the pupil's own list; those who only name the pupil come after.
pub(super) fn find(people: &People, notes: &mut Notes) -> Homes {
    let mut guardians: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut link = |pupil: usize, guardian: usize| {
        let list = guardians.entry(pupil).or_default();
        if !list.contains(&guardian) {
            list.push(guardian);
        }
    };
    for (index, pupil) in people.pupils() {
        for agent in &pupil.agents {
            match people.find(agent).and_then(|place| Some((place, people.list.get(place)?))) {
                Some((place, person)) if person.guardian().is_some() => link(index, place),
                Some((_, person)) if person.is_pupil() => {}
                Some((_, person)) => {
                    let text =
                        || format!("{} is an agent of pupils and no guardian: not taken as a contact", person.name());
                    notes.add("agent", &person.id, || pupil.place.clone(), text);
                }
                None if people.is_gone(agent) => {}
                None => {
                    let text = || format!("agentSourcedIds names {agent}, who is not in the file");
                    notes.add("no agent", "", || pupil.place.clone(), text);
                }
            }
        }
    }
    for (place, person) in people.list.iter().enumerate().filter(|(_, person)| person.guardian().is_some()) {
        let wards = person.agents.iter().filter_map(|agent| people.find(agent));
        for ward in wards.filter(|ward| people.list.get(*ward).is_some_and(|ward| ward.is_pupil())) {
            link(ward, place);
        }
    }
    let households = households(people, &guardians, notes);
    Homes { guardians, households }
}

/// Pupils who share a guardian, directly or through others, are one household.
fn households(people: &People, guardians: &HashMap<usize, Vec<usize>>, notes: &mut Notes) -> HashMap<usize, String> {
    let mut wards: HashMap<usize, Vec<usize>> = HashMap::new();
    for (pupil, _) in people.pupils() {
        for guardian in guardians.get(&pupil).into_iter().flatten() {
            wards.entry(*guardian).or_default().push(pupil);
        }
    }
    for (place, person) in people.list.iter().enumerate() {
        let many = wards.get(&place).map_or(0, Vec::len);
        if many > FAMILY_MAX {
            let text =
                || format!("{} is a guardian of {many} pupils, who are not taken for one household", person.name());
            notes.add("many", &person.id, || person.place.clone(), text);
            wards.remove(&place);
        }
    }
    let mut households: HashMap<usize, String> = HashMap::new();
    for (first, _) in people.pupils() {
        if households.contains_key(&first) {
            continue;
        }
        let (mut home, mut next) = (vec![first], 0);
        let mut least: Option<&str> = None;
        while let Some(pupil) = home.get(next).copied() {
            next += 1;
            for guardian in guardians.get(&pupil).into_iter().flatten() {
                let Some(others) = wards.get(guardian) else { continue };
                let id = people.list.get(*guardian).map(|person| person.id.as_str());
                least = match (least, id) {
                    (Some(least), Some(id)) => Some(least.min(id)),
                    (least, id) => least.or(id),
                };
                // Each guardian is walked once: taken, their wards are all in the home.
                let new: Vec<usize> = others.iter().copied().filter(|other| !home.contains(other)).collect();
                home.extend(new);
            }
        }
        if let Some(least) = least {
            households.extend(home.into_iter().map(|pupil| (pupil, least.to_owned())));
        }
    }
    households
}
