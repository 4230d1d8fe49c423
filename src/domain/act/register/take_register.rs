//! A register was handed in, whole or in part.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, group};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A register was handed in, whole or in part.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TakeRegister {
    /// Whose register.
    pub group: GroupId,
    /// Which session.
    pub at: SessionDate,
    /// By whom.
    pub by: TakenBy,
    /// The marks in it; pupils left out stay blank.
    pub marks: Vec<(PupilId, Mark)>,
}

impl Described for TakeRegister {
    fn kind(&self) -> &'static str {
        "register"
    }

    fn called(&self) -> &'static str {
        "enter a register"
    }

    fn codes(&self) -> Vec<Code> {
        self.marks.iter().map(|(_, mark)| mark.code).collect()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Register(RegisterRef::Group(self.group), self.marks.iter().map(|(pupil, _)| *pupil).collect())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        format!("register of {}", group(roll, self.group))
    }
}
