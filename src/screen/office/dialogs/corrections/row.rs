//! What can be put right, a row each.

use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::correction::{ContactField, CorrectionKind};
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
    /// Whether they may be contacted.
    Bar(ContactId),
    /// Somebody who is no contact yet.
    NewContact,
    /// The tutor group.
    Group,
    /// The last day on the roll.
    LastDay,
}

impl Row {
    /// Every row of a pupil, contact by contact in the calling order.
    pub fn all(roll: &Roll, pupil: PupilId) -> Vec<Row> {
        let of_contact = |contact: &Contact| {
            let id = contact.id;
            let numbers = (0..contact.phones.len()).map(move |place| Row::Number(id, place));
            numbers.chain([Row::Another(id), Row::Email(id), Row::Note(id), Row::Order(id), Row::Bar(id)])
        };
        let of_pupil = [Row::NewContact, Row::Group, Row::LastDay];
        roll.contacts(pupil).iter().flat_map(of_contact).chain(of_pupil).collect()
    }

    /// The contact whose it is; `None` where it is the pupil's own.
    pub fn contact(self) -> Option<ContactId> {
        match self {
            Row::Number(id, _) | Row::Another(id) | Row::Email(id) | Row::Note(id) | Row::Order(id) | Row::Bar(id) => {
                Some(id)
            }
            Row::NewContact | Row::Group | Row::LastDay => None,
        }
    }

    /// What of a contact it is; `None` where it is none of the contact's values.
    pub fn field(self) -> Option<ContactField> {
        match self {
            Row::Number(..) | Row::Another(_) => Some(ContactField::Number),
            Row::Email(_) => Some(ContactField::Email),
            Row::Note(_) => Some(ContactField::Note),
            Row::Order(_) => Some(ContactField::Order),
            Row::Bar(_) | Row::NewContact | Row::Group | Row::LastDay => None,
        }
    }

    /// The kind of correction that may stand in it.
    fn kind(self) -> CorrectionKind {
        match self {
            Row::Number(..) | Row::Another(_) => CorrectionKind::Number,
            Row::Email(_) => CorrectionKind::Email,
            Row::Note(_) => CorrectionKind::Note,
            Row::Order(_) => CorrectionKind::Order,
            Row::Bar(_) | Row::NewContact => CorrectionKind::Contact,
            Row::Group => CorrectionKind::Group,
            Row::LastDay => CorrectionKind::LastDay,
        }
    }

    /// Whether nothing of its value is shown while it is masked: of a number its end is.
    pub fn is_hidden_whole(self) -> bool {
        matches!(self, Row::Email(_) | Row::Note(_))
    }

    /// What stands before it.
    pub fn label(self) -> &'static str {
        match self {
            Row::Number(..) => "number",
            Row::Another(_) => "one more number",
            Row::Email(_) => "e-mail",
            Row::Note(_) => "note",
            Row::Order(_) => "place",
            Row::Bar(_) => "to be contacted",
            Row::NewContact => "new contact",
            Row::Group => "tutor group",
            Row::LastDay => "last day",
        }
    }

    /// What is held, whole; empty where nothing is.
    pub fn held(self, roll: &Roll, pupil: PupilId) -> String {
        let contact = self.contact().and_then(|id| roll.contact(pupil, id));
        let own = roll.pupil(pupil);
        let values =
            || contact.zip(self.field()).map(|(contact, field)| roll.held_of(contact, field)).unwrap_or_default();
        let held = match self {
            Row::Number(_, place) => values().into_iter().nth(place),
            Row::Another(_) | Row::NewContact => None,
            Row::Email(_) | Row::Note(_) | Row::Order(_) => values().into_iter().next(),
            Row::Bar(_) => contact.and_then(|contact| contact.bar.clone()),
            Row::Group => own.and_then(|own| roll.group(own.group?)).map(|group| group.name.clone()),
            Row::LastDay => own.and_then(|own| own.until).map(|until| until.format("%a %-d %b %Y").to_string()),
        };
        held.unwrap_or_default()
    }

    /// The correction that stands in it, if what is held is one.
    pub fn correction(self, roll: &Roll, pupil: PupilId) -> Option<&Standing> {
        let (kind, held) = (self.kind(), self.held(roll, pupil));
        let is_here = |one: &&Standing| {
            let correction = &one.correction;
            let is_of = correction.contact == self.contact() && correction.kind == kind;
            is_of && (kind != CorrectionKind::Number || (!held.is_empty() && kind.is_same(&correction.becomes, &held)))
        };
        roll.corrections(pupil).filter(is_here).last()
    }

    /// Whether a key that is a letter of a number begins to type it at once.
    pub fn begins_with(self, letter: char) -> bool {
        match self {
            Row::Number(..) | Row::Another(_) => letter.is_ascii_digit() || letter == '+',
            Row::Order(_) | Row::LastDay => letter.is_ascii_digit(),
            Row::Email(_) | Row::Note(_) | Row::Bar(_) | Row::NewContact | Row::Group => false,
        }
    }
}
