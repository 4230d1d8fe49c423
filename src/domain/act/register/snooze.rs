//! A register is not to be chased before a time.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, group};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::GroupId;
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A register is not to be chased before a time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Snooze {
    /// Whose register.
    pub group: GroupId,
    /// Which session.
    pub at: SessionDate,
    /// Until when, school-local time of that date.
    pub until: NaiveTime,
}

impl Described for Snooze {
    fn kind(&self) -> &'static str {
        "snooze"
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
        format!("{} put off until {}", group(roll, self.group), self.until.format("%H:%M"))
    }
}
