//! What is named on the line: words of lists, and people of the family.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::cases::event::Party;
use crate::domain::cases::typed::PartyFault;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;

/// Somebody of the family: a contact by the place in the calling order or by name, else whoever is called so.
pub fn party(desk: &mut Desk<'_>, pupil: PupilId, named: &str) -> Result<Party, Failure> {
    let roll = desk.store.roll().clone();
    match Party::typed(named, roll.contacts(pupil)) {
        Ok(party) => Ok(party),
        Err(PartyFault::NoPlace { place, held }) => {
            desk.forbid(format!("{} has no contact {place}: {held} held", roll.name_and_group(pupil)))
        }
        Err(PartyFault::Several) => {
            desk.forbid(format!("“{}” is more than one contact: give the place in the calling order", clean(named)))
        }
    }
}
