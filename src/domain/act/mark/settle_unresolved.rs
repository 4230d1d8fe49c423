//! Settle marks that have stood at N too long, each as it was seen (reg 10(7)-(9)).

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Settle marks that have stood at N too long, each as it was seen (reg 10(7)-(9)).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SettleUnresolved {
    /// Whose, which session, and the revision seen.
    pub marks: Vec<(PupilId, SessionDate, ActId)>,
    /// To what: O, where no reason was found.
    pub code: Code,
    /// Why.
    pub reason: String,
}

impl Described for SettleUnresolved {
    fn kind(&self) -> &'static str {
        "settle-aged"
    }

    fn called(&self) -> &'static str {
        "settle marks at N"
    }

    fn codes(&self) -> Vec<Code> {
        vec![self.code]
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.marks.iter().map(|(pupil, ..)| *pupil).collect())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, _roll: &Roll) -> String {
        format!("{} for {} that stood at N", self.code, counted(self.marks.len(), "mark"))
    }
}
