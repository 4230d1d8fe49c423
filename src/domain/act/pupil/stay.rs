//! Pupils whom an export of the whole roll did not name stay on it all the same.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Pupils whom an export of the whole roll did not name stay on it all the same.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Stay {
    /// Who.
    pub pupils: Vec<PupilId>,
}

impl Described for Stay {
    fn kind(&self) -> &'static str {
        "stay"
    }

    fn called(&self) -> &'static str {
        "say that a pupil stays"
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
        format!("stay of {}, not in the last export", names(roll, &self.pupils))
    }
}
