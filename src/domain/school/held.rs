//! What is held of a contact, field by field, as it is corrected.

use super::roll::Roll;
use crate::domain::people::contact::Contact;
use crate::domain::people::correction::ContactField;

impl Roll {
    /// What is held: of numbers all, in the order in which they are rung; else one value or none. A place in the calling order counts
    /// from 1.
    pub fn held_of(&self, contact: &Contact, field: ContactField) -> Vec<String> {
        match field {
            ContactField::Number => contact.phones.iter().map(|phone| phone.number.clone()).collect(),
            ContactField::Email => contact.email.iter().cloned().collect(),
            ContactField::Note => contact.note.iter().cloned().collect(),
            ContactField::Order => {
                let place = self.contacts(contact.pupil).iter().position(|one| one.id == contact.id);
                place.map(|place| (place + 1).to_string()).into_iter().collect()
            }
        }
    }
}
