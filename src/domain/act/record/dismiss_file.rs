//! A refused file is taken off the screens: somebody has seen to it.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A refused file is taken off the screens: somebody has seen to it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DismissFile {
    /// The number of the refusal.
    pub number: i64,
    /// The file's name.
    pub file: String,
}

impl Described for DismissFile {
    fn kind(&self) -> &'static str {
        "dismiss-file"
    }

    fn called(&self) -> &'static str {
        "take a refused file off the screens"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(Vec::new())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, _roll: &Roll) -> String {
        format!("dismissal of the refused file {}", self.file)
    }
}
