//! Change a case: its stage, its owner, what is next, what it aims at; or close it.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::cases::change::CaseChange;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Change a case.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChangeCase {
    /// About whom it is.
    pub pupil: PupilId,
    /// The act that opened it.
    pub case: ActId,
    /// What changes.
    pub change: CaseChange,
}

impl Described for ChangeCase {
    fn kind(&self) -> &'static str {
        "change-case"
    }

    fn called(&self) -> &'static str {
        "change a case"
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

    /// No more than that there is a case: a reader has the day log too.
    fn describe(&self, roll: &Roll) -> String {
        format!("case of {} changed", roll.name_and_group(self.pupil))
    }
}
