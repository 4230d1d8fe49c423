//! Rows of a hand-back are in the other system: they are not handed back again.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::facts::handback::HandbackId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Rows of a hand-back are in the other system: they are not handed back again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ConfirmHandback {
    /// Which hand-back.
    pub number: HandbackId,
    /// Which of its rows, by their places from 1; none is all that wait.
    pub rows: Vec<i64>,
    /// The program that says so; `None` where it is the officer.
    pub by: Option<String>,
}

impl Described for ConfirmHandback {
    fn kind(&self) -> &'static str {
        "confirm-handback"
    }

    fn called(&self) -> &'static str {
        "confirm a hand-back"
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
        let by = self.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        match self.rows.len() {
            0 => format!("hand-back {} confirmed{by}", self.number.0),
            1 => format!("1 row of hand-back {} confirmed{by}", self.number.0),
            many => format!("{many} rows of hand-back {} confirmed{by}", self.number.0),
        }
    }
}
