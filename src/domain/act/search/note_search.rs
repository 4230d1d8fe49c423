//! A note on a search, from any desk.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A note on a search, from any desk.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NoteSearch {
    /// The act that opened it.
    pub search: ActId,
    /// Who is looked for.
    pub pupil: PupilId,
    /// In words.
    pub words: String,
}

impl Described for NoteSearch {
    fn kind(&self) -> &'static str {
        "search"
    }

    fn called(&self) -> &'static str {
        "search for a pupil"
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
        format!("note on the search for {}: {}", roll.name_and_group(self.pupil), self.words)
    }
}
