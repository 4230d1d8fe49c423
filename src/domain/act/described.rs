//! What every act describes about itself, without reading the record.

use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::School;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// So many pupils are named, and more of them counted.
const FEW: usize = 3;

/// What every act says of itself. No method has a default, so that a new act answers each.
pub trait Described {
    /// The word it is journalled under; a version that has written it keeps it.
    fn kind(&self) -> &'static str;

    /// What doing it is called: the subject of "… is for an officer".
    fn called(&self) -> &'static str;

    /// The codes it enters.
    fn codes(&self) -> Vec<Code>;

    /// What it is about.
    fn subject(&self) -> Subject<'_>;

    /// The least role that may do it; codes in it may ask for more.
    fn least_role(&self) -> Role;

    /// Itself in a few words for the day log, with the names of the roll: "call about Khan, Amira 8KM (no answer)".
    fn describe(&self, roll: &Roll) -> String;
}

/// What an act is about.
pub enum Subject<'a> {
    /// Pupils.
    Pupils(Vec<PupilId>),
    /// A register, and the pupils it was handed in with.
    Register(RegisterRef, Vec<PupilId>),
    /// The school's settings: as they were, and as they are to be.
    Settings(&'a School, &'a School),
    /// Another act, which it takes back.
    Act(ActId),
}

/// Up to two pupils by name and group, more by their count.
pub fn names(roll: &Roll, pupils: &[PupilId]) -> String {
    match pupils {
        [one, other] => format!("{} and {}", roll.name_and_group(*one), roll.name_and_group(*other)),
        [one] => roll.name_and_group(*one),
        more => format!("{} pupils", more.len()),
    }
}

/// Up to three pupils by name, more by how many more: "Ash, Jo and Ned, Al", "Ash, Jo; Ned, Al; Oak, Bo and 2 more".
pub fn few_names(roll: &Roll, pupils: &[PupilId]) -> String {
    let name = |id: &PupilId| roll.pupil(*id).map_or_else(|| "-".to_owned(), |one| roll.telling_name(one).to_string());
    let names: Vec<String> = pupils.iter().take(FEW).map(name).collect();
    match (names.as_slice(), pupils.len().saturating_sub(FEW)) {
        ([one, other], 0) => format!("{one} and {other}"),
        ([one, other, last], 0) => format!("{one}; {other} and {last}"),
        (names, 0) => names.join("; "),
        (names, more) => format!("{} and {more} more", names.join("; ")),
    }
}

/// A tutor group by name.
pub fn group(roll: &Roll, id: GroupId) -> &str {
    roll.group(id).map_or("register", |group| group.name.as_str())
}

/// A contact of a pupil's, both by name.
pub fn contact(roll: &Roll, pupil: PupilId, id: ContactId) -> String {
    let contact = roll.contact(pupil, id).map_or_else(|| "a contact".to_owned(), Contact::introduced);
    format!("{contact}, about {}", roll.name_and_group(pupil))
}
