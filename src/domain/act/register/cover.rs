//! Somebody covers a register, or it is taken in another room.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, group};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::GroupId;
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Somebody covers a register, or it is taken in another room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Cover {
    /// Whose register.
    pub group: GroupId,
    /// Which session.
    pub at: SessionDate,
    /// Who takes it; `None` for the tutor after all.
    pub teacher: Option<String>,
    /// Where; `None` for the usual room.
    pub room: Option<String>,
}

impl Described for Cover {
    fn kind(&self) -> &'static str {
        "cover"
    }

    fn called(&self) -> &'static str {
        "say who covers a register"
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
        let given = [&self.teacher, &self.room].into_iter().flatten().map(String::as_str);
        let given: Vec<&str> = given.filter(|given| !given.trim().is_empty()).collect();
        format!(
            "cover of {}: {}",
            group(roll, self.group),
            if given.is_empty() { "none".to_owned() } else { given.join(", ") }
        )
    }
}
