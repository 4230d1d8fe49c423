//! A pupil arrived.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A pupil arrived.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LogArrival {
    /// Who.
    pub pupil: PupilId,
    /// School-local date.
    pub date: NaiveDate,
    /// School-local time.
    pub time: NaiveTime,
    /// The reason given.
    pub reason: Option<String>,
    /// What it is to count as, whatever the clock makes of it: present, L or U, for the reason given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Code>,
}

impl Described for LogArrival {
    fn kind(&self) -> &'static str {
        "arrival"
    }

    fn called(&self) -> &'static str {
        "log an arrival"
    }

    fn codes(&self) -> Vec<Code> {
        self.instead.into_iter().collect()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        Role::Gate
    }

    fn describe(&self, roll: &Roll) -> String {
        format!("arrival of {} at {}", roll.name_and_group(self.pupil), self.time.format("%H:%M"))
    }
}
