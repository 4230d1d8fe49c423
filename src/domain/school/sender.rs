//! Whether a message comes from somebody who must not be contacted.

use super::roll::Roll;
use crate::domain::people::contact::Contact;
use crate::domain::people::pupil::PupilId;

impl Roll {
    /// Whether whoever sent a message, called `by` ("Mr Khan, father"; may be empty), from this number or address, must not be contacted
    /// about the pupil.
    pub fn is_from_barred(&self, pupil: PupilId, by: &str, from: Option<&str>) -> bool {
        let is_reached = |one: &Contact| one.is_barred() && from.is_some_and(|from| one.is_reached_by(from));
        let (name, relationship) = by.split_once(", ").unwrap_or((by, ""));
        let sender = Contact { relationship: relationship.to_owned(), ..Contact::not_held(pupil, name, from) };
        self.contacts(pupil).iter().any(is_reached) || self.why_barred(pupil, &sender, from).is_some()
    }
}
