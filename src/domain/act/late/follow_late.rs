//! A late was followed through.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::act::permission::least_for;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::late_step::LateStep;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A late was followed through.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FollowLate {
    /// Whose.
    pub pupils: Vec<PupilId>,
    /// Late for which session.
    pub at: SessionDate,
    /// What was done.
    pub step: LateStep,
    /// What was said, or which sanction.
    pub words: String,
}

impl Described for FollowLate {
    fn kind(&self) -> &'static str {
        "late-step"
    }

    fn called(&self) -> &'static str {
        "follow a late through"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.pupils.clone())
    }

    fn least_role(&self) -> Role {
        least_for(self.step)
    }

    fn describe(&self, roll: &Roll) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!(", {}", self.words) };
        format!("late of {}: {}{words}", names(roll, &self.pupils), self.step.describe())
    }
}
