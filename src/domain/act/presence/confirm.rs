//! What a provider says of pupils who are due with them.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// What a provider says of pupils who are due with them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Confirm {
    /// Who.
    pub pupils: Vec<PupilId>,
    /// Which session.
    pub at: SessionDate,
    /// Whether they are there.
    pub there: bool,
    /// Who said so, at the provider.
    pub said_by: String,
}

impl Described for Confirm {
    fn kind(&self) -> &'static str {
        "confirm"
    }

    fn called(&self) -> &'static str {
        "log what a provider says"
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
        let there = if self.there { "there" } else { "not there" };
        format!("{} {there}, says {}", names(roll, &self.pupils), self.said_by)
    }
}
