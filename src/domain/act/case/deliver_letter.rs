//! Say what became of a letter: it was sent or handed over, or it came back.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::cases::letters::Delivery;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Say what became of a letter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeliverLetter {
    /// About whom the letter is.
    pub pupil: PupilId,
    /// What became of it.
    pub delivery: Delivery,
}

impl Described for DeliverLetter {
    fn kind(&self) -> &'static str {
        "deliver-letter"
    }

    fn called(&self) -> &'static str {
        "say what became of a letter"
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

    /// No more than that there is one: a reader has the day log too.
    fn describe(&self, roll: &Roll) -> String {
        format!("letter about {} followed", roll.name_and_group(self.pupil))
    }
}
