//! Take a pupil off the watch list.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Take a pupil off the watch list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Unwatch {
    /// Whom.
    pub pupil: PupilId,
}

impl Described for Unwatch {
    fn kind(&self) -> &'static str {
        "unwatch"
    }

    fn called(&self) -> &'static str {
        "change the watch list"
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
        format!("taking {} off the watch list", roll.name_and_group(self.pupil))
    }
}
