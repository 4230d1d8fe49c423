//! The number of a joiner is known: by it an import finds them.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// The number of a joiner is known: by it an import finds them. Empty leaves what is held.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NumberJoiner {
    /// Who.
    pub pupil: PupilId,
    /// Admission number.
    pub admission_no: String,
    /// Unique pupil number.
    pub upn: String,
}

impl Described for NumberJoiner {
    fn kind(&self) -> &'static str {
        "number-joiner"
    }

    fn called(&self) -> &'static str {
        "give a joiner a number"
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
        let numbers = [&self.admission_no, &self.upn].into_iter().filter(|number| !number.is_empty());
        let numbers: Vec<&str> = numbers.map(String::as_str).collect();
        format!("{} has the number {}", roll.name_and_group(self.pupil), numbers.join(", "))
    }
}
