//! The roll as the system has it, corrected.

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::correction::{self, Beside, Correction, CorrectionKind};
use crate::domain::people::phone::Phone;
use crate::domain::people::pupil::{Pupil, PupilId, TutorGroup};

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

/// Who is corrected: as the system has them.
pub struct People<'a> {
    /// Everybody ever on roll.
    pub pupils: &'a mut [Pupil],
    /// The tutor groups.
    pub groups: &'a [TutorGroup],
    /// Every contact.
    pub contacts: &'a mut [Contact],
}

/// Correct everybody as they are on the school-local date `on`. Gives back each correction with what the system has, in the order
/// given.
pub fn correct(people: People<'_>, corrections: Vec<Correction>, on: NaiveDate) -> Vec<Standing> {
    if corrections.is_empty() {
        return Vec::new();
    }
    let mut system = System::of(&people, &corrections);
    let mut of_contact: HashMap<ContactId, Vec<&Correction>> = HashMap::new();
    let mut of_pupil: HashMap<PupilId, Vec<&Correction>> = HashMap::new();
    for one in &corrections {
        of_pupil.entry(one.pupil).or_default().push(one);
        if let Some(contact) = one.contact {
            of_contact.entry(contact).or_default().push(one);
        }
    }
    for contact in people.contacts.iter_mut() {
        let Some(corrections) = of_contact.get(&contact.id) else { continue };
        system.contacts.insert(contact.id, contact.clone());
        let each = || corrections.iter().copied();
        let held: Vec<String> = contact.phones.iter().map(|phone| phone.number.clone()).collect();
        contact.phones = correction::numbers(&held, each()).into_iter().map(Phone::of).collect();
        contact.email = correction::text(CorrectionKind::Email, contact.email.take(), each());
        contact.note = correction::text(CorrectionKind::Note, contact.note.take(), each());
    }
    for pupil in people.pupils.iter_mut() {
        let Some(corrections) = of_pupil.get(&pupil.id) else { continue };
        system.pupils.insert(pupil.id, pupil.clone());
        correct_pupil(pupil, corrections, people.groups, on);
        reorder(people.contacts, pupil.id, corrections);
    }
    let groups = people.groups;
    let standing = |correction: &Correction| {
        let system = system.values(correction, groups);
        Standing { correction: correction.clone(), system }
    };
    corrections.iter().map(standing).collect()
}

/// Put a pupil into the corrected group, and off the roll after the corrected last day.
fn correct_pupil(pupil: &mut Pupil, corrections: &[&Correction], groups: &[TutorGroup], on: NaiveDate) {
    for one in corrections {
        match one.kind {
            CorrectionKind::Group if one.from.is_none_or(|from| from <= on) => {
                let named = groups.iter().find(|group| group.name == one.becomes);
                pupil.group = named.map(|group| group.id).or(pupil.group);
            }
            CorrectionKind::LastDay => pupil.until = one.becomes.parse().ok(),
            CorrectionKind::Group
            | CorrectionKind::Number
            | CorrectionKind::Email
            | CorrectionKind::Note
            | CorrectionKind::Order
            | CorrectionKind::Contact
            | CorrectionKind::Joiner => {}
        }
    }
}

/// Put a pupil's contacts into the corrected calling order, if it is; whoever was added comes last.
fn reorder(contacts: &mut [Contact], pupil: PupilId, corrections: &[&Correction]) {
    if !corrections.iter().any(|one| matches!(one.kind, CorrectionKind::Order | CorrectionKind::Contact)) {
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

/// What the system has of whoever is corrected.
struct System {
    contacts: HashMap<ContactId, Contact>,
    pupils: HashMap<PupilId, Pupil>,
    /// Each contact's place among the pupil's, from 1.
    places: HashMap<ContactId, usize>,
    /// Contacts whom the system has not.
    added: HashSet<ContactId>,
}

impl System {
    fn of(people: &People<'_>, corrections: &[Correction]) -> System {
        let added = corrections.iter().filter(|one| one.kind == CorrectionKind::Contact);
        let added: HashSet<ContactId> = added.filter_map(|one| one.contact).collect();
        let mut by_pupil: HashMap<PupilId, Vec<(i64, ContactId)>> = HashMap::new();
        for one in people.contacts.iter().filter(|one| !added.contains(&one.id)) {
            by_pupil.entry(one.pupil).or_default().push((one.order, one.id));
        }
        let mut places = HashMap::new();
        for mut all in by_pupil.into_values() {
            all.sort_unstable();
            places.extend(all.into_iter().zip(1..).map(|((_, id), place)| (id, place)));
        }
        System { contacts: HashMap::new(), pupils: HashMap::new(), places, added }
    }

    fn values(&self, correction: &Correction, groups: &[TutorGroup]) -> Vec<String> {
        let held = correction.contact.and_then(|id| self.contacts.get(&id)).filter(|one| !self.added.contains(&one.id));
        let pupil = self.pupils.get(&correction.pupil);
        let one = |value: Option<String>| value.into_iter().collect();
        match correction.kind {
            CorrectionKind::Number => {
                held.map(|held| held.phones.iter().map(|phone| phone.number.clone()).collect()).unwrap_or_default()
            }
            CorrectionKind::Email => one(held.and_then(|held| held.email.clone())),
            CorrectionKind::Note => one(held.and_then(|held| held.note.clone())),
            CorrectionKind::Order => one(held.and_then(|held| self.places.get(&held.id)).map(usize::to_string)),
            CorrectionKind::Group => {
                let group = pupil.and_then(|pupil| pupil.group);
                one(group.and_then(|id| groups.iter().find(|one| one.id == id)).map(|group| group.name.clone()))
            }
            CorrectionKind::LastDay => one(pupil.and_then(|pupil| pupil.until).map(|until| until.to_string())),
            CorrectionKind::Contact | CorrectionKind::Joiner => Vec::new(),
        }
    }
}
