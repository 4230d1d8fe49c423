//! Out of the building during the day, or back in.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::facts::presence::Way;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Out of the building during the day, or back in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LogMovement {
    /// Who.
    pub pupil: PupilId,
    /// School-local date.
    pub date: NaiveDate,
    /// School-local time.
    pub time: NaiveTime,
    /// Which way.
    pub way: Way,
    /// Why.
    pub reason: String,
}

impl Described for LogMovement {
    fn kind(&self) -> &'static str {
        "move"
    }

    fn called(&self) -> &'static str {
        "log who goes out and comes back"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        Role::Gate
    }

    fn describe(&self, roll: &Roll) -> String {
        let did = if self.way == Way::Out { "goes out" } else { "comes back" };
        format!("{} {did} {}", roll.name_and_group(self.pupil), self.time.format("%H:%M"))
    }
}
