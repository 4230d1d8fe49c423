//! Rows of a hand-back were refused by the other system: they are not offered to it again before the mark is another.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::handback::HandbackId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Rows of a hand-back were refused by the other system: they are not offered to it again before the mark is another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefuseHandback {
    /// Which hand-back.
    pub number: HandbackId,
    /// Which of its rows, by their places from 1.
    pub rows: Vec<i64>,
    /// Why.
    pub reason: String,
}

impl Described for RefuseHandback {
    fn kind(&self) -> &'static str {
        "refuse-handback"
    }

    fn called(&self) -> &'static str {
        "keep rows out of a hand-back"
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
        let rows = counted(self.rows.len(), "row");
        format!("{rows} of hand-back {} refused by the other system: {}", self.number.0, self.reason)
    }
}
