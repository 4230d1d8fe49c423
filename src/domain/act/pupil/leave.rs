//! A pupil leaves, before the system that the roll comes from says so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A pupil leaves, before the system that the roll comes from says so.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Leave {
    /// Who.
    pub pupil: PupilId,
    /// The last day on the roll, school-local; `None` where the pupil stays after all.
    pub on: Option<NaiveDate>,
    /// Where to; empty where it is not known.
    pub destination: String,
    /// The last day that the officer saw, if there was one.
    pub saw: Option<NaiveDate>,
}

impl Described for Leave {
    fn kind(&self) -> &'static str {
        "leave"
    }

    fn called(&self) -> &'static str {
        "put a leaver down"
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
        let name = roll.name_and_group(self.pupil);
        let to = if self.destination.is_empty() { String::new() } else { format!(", to {}", self.destination) };
        match self.on {
            Some(on) => format!("{name} leaves, last day {}{to}", on.format("%a %-d %b %Y")),
            None => format!("{name} stays"),
        }
    }
}
