//! Take back an earlier act. Undoing an undo does it again.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Take back an earlier act. Undoing an undo does it again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Undo {
    /// Which.
    pub act: ActId,
}

impl Described for Undo {
    fn kind(&self) -> &'static str {
        "undo"
    }

    fn called(&self) -> &'static str {
        "take something back"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Act(self.act)
    }

    fn least_role(&self) -> Role {
        // The rule asks again after the act that is taken back.
        Role::Gate
    }

    fn describe(&self, _roll: &Roll) -> String {
        "undo".to_owned()
    }
}
