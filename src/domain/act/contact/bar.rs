//! A contact must not be contacted about a pupil.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, contact};
use crate::domain::code::Code;
use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A contact must not be contacted about a pupil.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Bar {
    /// About whom.
    pub pupil: PupilId,
    /// The contact.
    pub contact: ContactId,
    /// Why: "court order".
    pub reason: String,
}

impl Described for Bar {
    fn kind(&self) -> &'static str {
        "bar"
    }

    fn called(&self) -> &'static str {
        "bar a contact"
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
        format!("bar on {}: {}", contact(roll, self.pupil, self.contact), self.reason)
    }
}
