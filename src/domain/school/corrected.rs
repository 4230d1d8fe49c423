//! The roll as the system has it, corrected.

use hashbrown::HashMap;

use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::correction::{self, Beside, Correction, CorrectionKind};
use crate::domain::people::phone::Phone;
use crate::domain::people::pupil::PupilId;

/// A correction that stands, and what the system has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The correction.
    pub correction: Correction,
    /// What the system has: a contact's numbers, else one value or none.
    pub system: Vec<String>,
}

impl Standing {
    /// How it stands beside what the system has.
    pub fn beside(&self) -> Beside {
        self.correction.beside(&self.system)
    }
}

/// Correct `contacts`, which are as the system has them. Gives back each correction with what the system has, in the order given.
pub fn correct(contacts: &mut [Contact], corrections: Vec<Correction>) -> Vec<Standing> {
    let places = if corrections.is_empty() { HashMap::new() } else { places(contacts) };
    let mut of_contact: HashMap<ContactId, Vec<&Correction>> = HashMap::new();
    let mut of_pupil: HashMap<PupilId, Vec<&Correction>> = HashMap::new();
    for one in &corrections {
        of_pupil.entry(one.pupil).or_default().push(one);
        if let Some(contact) = one.contact {
            of_contact.entry(contact).or_default().push(one);
        }
    }
    let mut system: HashMap<ContactId, Contact> = HashMap::new();
    for contact in contacts.iter_mut() {
        let Some(corrections) = of_contact.get(&contact.id) else { continue };
        system.insert(contact.id, contact.clone());
        let each = || corrections.iter().copied();
        let held: Vec<String> = contact.phones.iter().map(|phone| phone.number.clone()).collect();
        contact.phones = correction::numbers(&held, each()).into_iter().map(Phone::of).collect();
        contact.email = correction::text(CorrectionKind::Email, contact.email.take(), each());
        contact.note = correction::text(CorrectionKind::Note, contact.note.take(), each());
    }
    for (pupil, corrections) in &of_pupil {
        reorder(contacts, *pupil, corrections);
    }
    let standing = |correction: Correction| {
        let held = correction.contact.and_then(|id| system.get(&id));
        let system = held.map(|held| values(held, correction.kind, &places)).unwrap_or_default();
        Standing { correction, system }
    };
    corrections.iter().cloned().map(standing).collect()
}

/// Each contact's place among the pupil's, from 1, as the system has them.
fn places(contacts: &[Contact]) -> HashMap<ContactId, usize> {
    let mut by_pupil: HashMap<PupilId, Vec<(i64, ContactId)>> = HashMap::new();
    for one in contacts {
        by_pupil.entry(one.pupil).or_default().push((one.order, one.id));
    }
    let mut places = HashMap::new();
    for mut all in by_pupil.into_values() {
        all.sort_unstable();
        places.extend(all.into_iter().zip(1..).map(|((_, id), place)| (id, place)));
    }
    places
}

fn values(held: &Contact, kind: CorrectionKind, places: &HashMap<ContactId, usize>) -> Vec<String> {
    match kind {
        CorrectionKind::Number => held.phones.iter().map(|phone| phone.number.clone()).collect(),
        CorrectionKind::Email => held.email.iter().cloned().collect(),
        CorrectionKind::Note => held.note.iter().cloned().collect(),
        CorrectionKind::Order => places.get(&held.id).map(usize::to_string).into_iter().collect(),
    }
}

/// Put a pupil's contacts into the corrected calling order, if it is.
fn reorder(contacts: &mut [Contact], pupil: PupilId, corrections: &[&Correction]) {
    if !corrections.iter().any(|one| one.kind == CorrectionKind::Order) {
        return;
    }
    let mut own: Vec<&mut Contact> = contacts.iter_mut().filter(|one| one.pupil == pupil).collect();
    own.sort_by_key(|one| (one.order, one.id));
    let order = correction::order(own.iter().map(|one| one.id).collect(), corrections.iter().copied());
    for one in own {
        let place = order.iter().position(|id| *id == one.id).and_then(|place| i64::try_from(place + 1).ok());
        one.order = place.unwrap_or(one.order);
    }
}
