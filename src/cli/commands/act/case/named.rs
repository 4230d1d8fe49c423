//! What is named on the line: words of lists, and people of the family.

use std::str::FromStr;

use strum::VariantArray;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::cases::event::Party;
use crate::domain::name::{clean, meant};
use crate::domain::people::contact::Contact;
use crate::domain::people::pupil::PupilId;

/// One of the words of a list.
pub fn word<T: FromStr + VariantArray + Copy + Into<&'static str>>(text: &str) -> Result<T, String> {
    let all = || T::VARIANTS.iter().map(|one| (*one).into()).collect::<Vec<&str>>().join(", ");
    text.parse().map_err(|_| format!("write one of {}", all()))
}

/// Somebody of the family: a contact by the place in the calling order or by name, else whoever is called so.
pub fn party(desk: &mut Desk<'_>, pupil: PupilId, named: &str) -> Result<Party, Failure> {
    let roll = desk.store.roll().clone();
    let contacts = roll.contacts(pupil);
    let of = |contact: &Contact| Party { contact: Some(contact.id), name: contact.name.clone() };
    if let Ok(place) = named.parse::<usize>() {
        let at = place.checked_sub(1).and_then(|place| contacts.get(place));
        return match at {
            Some(contact) => Ok(of(contact)),
            None => {
                desk.forbid(format!("{} has no contact {place}: {} held", roll.name_and_group(pupil), contacts.len()))
            }
        };
    }
    match meant(named, contacts, |contact| contact.name.clone()).as_slice() {
        [contact] => Ok(of(contact)),
        [] => Ok(Party { contact: None, name: clean(named) }),
        _ => desk.forbid(format!("“{}” is more than one contact: give the place in the calling order", clean(named))),
    }
}
