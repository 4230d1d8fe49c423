//! One code for several marks, each as it was seen, for one reason.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// One code for several marks, each as it was seen, for one reason.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AmendSeveral {
    /// Whose, which session, and the revision seen.
    pub marks: Vec<(PupilId, SessionDate, ActId)>,
    /// To what.
    pub code: Code,
    /// Why.
    pub reason: String,
}

impl Described for AmendSeveral {
    fn kind(&self) -> &'static str {
        "amend-several"
    }

    fn called(&self) -> &'static str {
        "enter or amend a mark"
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

    fn describe(&self, roll: &Roll) -> String {
        let pupils: Vec<PupilId> = self.marks.iter().map(|(pupil, ..)| *pupil).collect();
        format!("{} of {}: {}", self.code, names(roll, &pupils), self.reason)
    }
}
