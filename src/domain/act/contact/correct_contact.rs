//! Something of a contact is put right, before the system that the roll comes from has it.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, contact};
use crate::domain::code::Code;
use crate::domain::people::contact::ContactId;
use crate::domain::people::correction::ContactField;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Something of a contact is put right, before the system that the roll comes from has it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CorrectContact {
    /// About whom.
    pub pupil: PupilId,
    /// The contact.
    pub contact: ContactId,
    /// What of it; journalled as its kind.
    #[serde(rename = "kind")]
    pub field: ContactField,
    /// What the officer saw: of several numbers the wrong one; empty where nothing was held, or for one more number.
    pub saw: String,
    /// What it is; empty takes it off.
    pub becomes: String,
}

impl Described for CorrectContact {
    fn kind(&self) -> &'static str {
        "correct-contact"
    }

    fn called(&self) -> &'static str {
        "correct a contact"
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
        let changed = self.field.kind().change(&self.saw, &self.becomes);
        format!("correction of {}: {changed}", contact(roll, self.pupil, self.contact))
    }
}
