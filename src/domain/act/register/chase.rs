//! A register was chased.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, group};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::register::ChaseMethod;
use crate::domain::people::pupil::GroupId;
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A register was chased.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Chase {
    /// Whose register.
    pub group: GroupId,
    /// Which session.
    pub at: SessionDate,
    /// How.
    pub method: ChaseMethod,
}

impl Described for Chase {
    fn kind(&self) -> &'static str {
        "chase"
    }

    fn called(&self) -> &'static str {
        "chase a register"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Register(RegisterRef::Group(self.group), Vec::new())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        format!("chase of {} by {}", group(roll, self.group), self.method.as_str())
    }
}
