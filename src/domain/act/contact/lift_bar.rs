//! A contact may be contacted again.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, contact};
use crate::domain::code::Code;
use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A contact may be contacted again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LiftBar {
    /// About whom.
    pub pupil: PupilId,
    /// The contact.
    pub contact: ContactId,
    /// Why.
    pub reason: String,
}

impl Described for LiftBar {
    fn kind(&self) -> &'static str {
        "lift-bar"
    }

    fn called(&self) -> &'static str {
        "lift the bar on a contact"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        // A bar set by mistake is lifted by the person who answers for it.
        Role::Lead
    }

    fn describe(&self, roll: &Roll) -> String {
        format!("bar lifted from {}: {}", contact(roll, self.pupil, self.contact), self.reason)
    }
}
