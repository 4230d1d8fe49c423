//! A contradiction was looked at, and left as the marks stand.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A contradiction was looked at, and left as the marks stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Decide {
    /// About whom.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// Which kind.
    #[serde(rename = "puzzle")]
    pub contradiction: ContradictionKind,
    /// What was made of it.
    pub reason: String,
}

impl Described for Decide {
    fn kind(&self) -> &'static str {
        "decide"
    }

    fn called(&self) -> &'static str {
        "settle a contradiction"
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
        format!("{}, {}: {}", roll.name_and_group(self.pupil), self.contradiction.describe(), self.reason)
    }
}
