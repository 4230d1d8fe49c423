//! A mark of files that is no code stands for one: what waits is released, and files that come later use it.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A mark of files that is no code stands for one: what waits is released, and files that come later use it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MapMark {
    /// The mark as files have it.
    pub raw: String,
    /// What it stands for.
    pub code: Code,
}

impl Described for MapMark {
    fn kind(&self) -> &'static str {
        "map-mark"
    }

    fn called(&self) -> &'static str {
        "say what a mark of a file stands for"
    }

    fn codes(&self) -> Vec<Code> {
        vec![self.code]
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(Vec::new())
    }

    fn least_role(&self) -> Role {
        Role::Lead
    }

    fn describe(&self, _roll: &Roll) -> String {
        format!("reading of “{}” in files as {}", self.raw, self.code)
    }
}
