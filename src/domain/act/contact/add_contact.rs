//! Somebody may be contacted about a pupil whom the system that the roll comes from has not yet.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Somebody may be contacted about a pupil whom the system that the roll comes from has not yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AddContact {
    /// About whom.
    pub pupil: PupilId,
    /// "Mrs Khan".
    pub name: String,
    /// "mother"; empty where it is not known.
    pub relationship: String,
    /// Telephone number; empty for none.
    pub number: String,
    /// E-mail address; empty for none.
    pub email: String,
    /// What the caller should know.
    pub note: String,
    /// The place in the calling order, from 1; `None` for the last.
    pub order: Option<usize>,
}

impl Described for AddContact {
    fn kind(&self) -> &'static str {
        "add-contact"
    }

    fn called(&self) -> &'static str {
        "add a contact"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let relationship =
            if self.relationship.is_empty() { String::new() } else { format!(", {}", self.relationship) };
        format!("new contact {}{relationship}, about {}", self.name, roll.name_and_group(self.pupil))
    }
}
