//! Pupils whom an export of the whole roll did not name have left.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Pupils whom an export of the whole roll did not name have left.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ConfirmLeavers {
    /// Who.
    pub pupils: Vec<PupilId>,
    /// The last day on the roll of each, school-local.
    pub on: NaiveDate,
    /// Where to; empty where it is not known.
    pub destination: String,
}

impl Described for ConfirmLeavers {
    fn kind(&self) -> &'static str {
        "confirm-leavers"
    }

    fn called(&self) -> &'static str {
        "confirm a leaver"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.pupils.clone())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let to = if self.destination.is_empty() { String::new() } else { format!(", to {}", self.destination) };
        format!("leaving of {}, last day {}{to}", names(roll, &self.pupils), self.on.format("%a %-d %b %Y"))
    }
}
