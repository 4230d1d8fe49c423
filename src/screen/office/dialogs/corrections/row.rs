//! What can be put right, a row each.

use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::correction::CorrectionKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::corrected::Standing;
use crate::domain::school::roll::Roll;

/// Something that can be put right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Row {
    /// One of a contact's numbers, by its place.
    Number(ContactId, usize),
    /// One more number.
    Another(ContactId),
    /// Their e-mail address.
    Email(ContactId),
    /// What the caller should know.
    Note(ContactId),
    /// Their place in the calling order.
    Order(ContactId),
}

impl Row {
    /// Every row of a pupil, contact by contact in the calling order.
    pub fn all(roll: &Roll, pupil: PupilId) -> Vec<Row> {
        let of_contact = |contact: &Contact| {
            let id = contact.id;
            let numbers = (0..contact.phones.len()).map(move |place| Row::Number(id, place));
            numbers.chain([Row::Another(id), Row::Email(id), Row::Note(id), Row::Order(id)])
        };
        roll.contacts(pupil).iter().flat_map(of_contact).collect()
    }

    /// Whose it is.
    pub fn contact(self) -> ContactId {
        match self {
            Row::Number(id, _) | Row::Another(id) | Row::Email(id) | Row::Note(id) | Row::Order(id) => id,
        }
    }

    /// What it is, as it is corrected.
    pub fn kind(self) -> CorrectionKind {
        match self {
            Row::Number(..) | Row::Another(_) => CorrectionKind::Number,
            Row::Email(_) => CorrectionKind::Email,
            Row::Note(_) => CorrectionKind::Note,
            Row::Order(_) => CorrectionKind::Order,
        }
    }

    /// What stands before it.
    pub fn label(self) -> &'static str {
        match self {
            Row::Number(..) => "number",
            Row::Another(_) => "one more number",
            Row::Email(_) => "e-mail",
            Row::Note(_) => "note",
            Row::Order(_) => "place",
        }
    }

    /// What is held, whole; empty where nothing is.
    pub fn held(self, roll: &Roll, pupil: PupilId) -> String {
        let Some(contact) = roll.contact(pupil, self.contact()) else { return String::new() };
        let held = match self {
            Row::Number(_, place) => contact.phones.get(place).map(|phone| phone.number.clone()),
            Row::Another(_) => None,
            Row::Email(_) => contact.email.clone(),
            Row::Note(_) => contact.note.clone(),
            Row::Order(id) => {
                let place = roll.contacts(pupil).iter().position(|one| one.id == id);
                place.map(|place| (place + 1).to_string())
            }
        };
        held.unwrap_or_default()
    }

    /// The correction that stands in it, if what is held is one.
    pub fn correction(self, roll: &Roll, pupil: PupilId) -> Option<&Standing> {
        let (kind, held) = (self.kind(), self.held(roll, pupil));
        let is_here = |one: &&Standing| {
            let correction = &one.correction;
            let is_of = correction.contact == Some(self.contact()) && correction.kind == kind;
            is_of && (kind != CorrectionKind::Number || (!held.is_empty() && kind.is_same(&correction.becomes, &held)))
        };
        roll.corrections(pupil).filter(is_here).last()
    }

    /// Whether a key that is a letter of a number begins to type it at once.
    pub fn begins_with(self, letter: char) -> bool {
        match self {
            Row::Number(..) | Row::Another(_) => letter.is_ascii_digit() || letter == '+',
            Row::Order(_) => letter.is_ascii_digit(),
            Row::Email(_) | Row::Note(_) => false,
        }
    }
}
