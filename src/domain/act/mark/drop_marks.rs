//! Marks of files that wait for a code are dropped: they were none.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Marks of files that wait for a code are dropped: they were none.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DropMarks {
    /// The mark as files have it.
    pub raw: String,
    /// Why.
    pub reason: String,
}

impl Described for DropMarks {
    fn kind(&self) -> &'static str {
        "drop-marks"
    }

    fn called(&self) -> &'static str {
        "drop marks of a file"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(Vec::new())
    }

    fn least_role(&self) -> Role {
        Role::Lead
    }

    fn describe(&self, _roll: &Roll) -> String {
        format!("dropping of marks “{}” of files, {}", self.raw, self.reason)
    }
}
