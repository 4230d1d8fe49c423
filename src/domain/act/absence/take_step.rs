//! An event on the ladder: the DSL told, a visit made.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// An event on the ladder: the DSL told, a visit made.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TakeStep {
    /// About whom.
    pub pupils: Vec<PupilId>,
    /// About which session.
    pub at: SessionDate,
    /// The step.
    pub step: StepKind,
    /// To whom, and what was said.
    pub words: String,
}

impl Described for TakeStep {
    fn kind(&self) -> &'static str {
        "step"
    }

    fn called(&self) -> &'static str {
        "record a step of the ladder"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.pupils.clone())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!(": {}", self.words) };
        format!("{} about {}{words}", self.step, names(roll, &self.pupils))
    }
}
