//! The school's settings were changed: its times, its staff and their roles, who may enter which code.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;
use crate::domain::school::{School, changes};

/// The school's settings were changed: its times, its staff and their roles, who may enter which code.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChangeSettings {
    /// As they were.
    pub from: Box<School>,
    /// As they are to be.
    pub to: Box<School>,
}

impl Described for ChangeSettings {
    fn kind(&self) -> &'static str {
        "settings"
    }

    fn called(&self) -> &'static str {
        "change the settings"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Settings(&self.from, &self.to)
    }

    fn least_role(&self) -> Role {
        Role::Admin
    }

    fn describe(&self, _roll: &Roll) -> String {
        match changes(&self.from, &self.to).as_slice() {
            [change] => format!("settings: {change}"),
            more => format!("settings: {} values", more.len()),
        }
    }
}
