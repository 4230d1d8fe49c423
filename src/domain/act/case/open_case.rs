//! Open a case about a pupil.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::cases::change::Opening;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Open a case about a pupil.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpenCase {
    /// About whom.
    pub pupil: PupilId,
    /// How it begins.
    pub opening: Opening,
}

impl Described for OpenCase {
    fn kind(&self) -> &'static str {
        "open-case"
    }

    fn called(&self) -> &'static str {
        "open a case"
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
        format!("case of {} opened", roll.name_and_group(self.pupil))
    }
}
