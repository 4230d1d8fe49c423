//! Enter or amend a mark by office decision.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Enter or amend a mark by office decision.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Amend {
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// To what.
    pub code: Code,
    /// Minutes late, with L or U; `None` leaves the rule's own.
    pub minutes: Option<i64>,
    /// Why. Required once the register has closed.
    pub reason: String,
    /// Revision seen.
    pub saw: ActId,
}

impl Described for Amend {
    fn kind(&self) -> &'static str {
        "amend"
    }

    fn called(&self) -> &'static str {
        "enter or amend a mark"
    }

    fn codes(&self) -> Vec<Code> {
        vec![self.code]
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let mark = Mark { code: self.code, minutes: self.minutes };
        format!("{mark} of {} {}", roll.name_and_group(self.pupil), self.at.session)
    }
}
