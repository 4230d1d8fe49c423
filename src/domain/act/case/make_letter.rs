//! Make a letter to one parent: its text and figures are kept as they are.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::cases::letters::{Letter, Paper, least_for_letter};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Make a letter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MakeLetter {
    /// About whom.
    pub pupil: PupilId,
    /// From which template, of which dates, and to whom.
    pub letter: Letter,
    /// What stands on it: in a row of its own, and not in the journal too.
    #[serde(skip)]
    pub paper: Box<Paper>,
}

impl Described for MakeLetter {
    fn kind(&self) -> &'static str {
        "make-letter"
    }

    fn called(&self) -> &'static str {
        "make a letter of this kind"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        least_for_letter(&self.letter.template)
    }

    /// No more than that there is one: a reader has the day log too.
    fn describe(&self, roll: &Roll) -> String {
        format!("letter about {} made", roll.name_and_group(self.pupil))
    }
}
