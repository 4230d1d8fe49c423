//! Say what became of something in a pupil's case file: a visit is back, a notice is over, leave is decided.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act::permission::least_for_ending;
use crate::domain::act_id::ActId;
use crate::domain::cases::ending::{Ending, LeaveOutcome};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Say what became of something in a pupil's case file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EndCaseEvent {
    /// Whose.
    pub pupil: PupilId,
    /// The act that put it there.
    pub event: ActId,
    /// What became of it.
    pub ending: Ending,
}

impl Described for EndCaseEvent {
    fn kind(&self) -> &'static str {
        "end-case-event"
    }

    fn called(&self) -> &'static str {
        "say what became of something in a case file"
    }

    /// Those of a leave's days.
    fn codes(&self) -> Vec<Code> {
        match &self.ending {
            Ending::Leave(decision) => match decision.outcome {
                LeaveOutcome::Granted => vec![Code::C, Code::G],
                LeaveOutcome::Refused => vec![Code::G],
            },
            Ending::Visit(_) | Ending::Improvement(_) | Ending::Penalty(_) | Ending::Action(_) => Vec::new(),
        }
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        least_for_ending(&self.ending)
    }

    /// No more than that there is a case file: a reader has the day log too.
    fn describe(&self, roll: &Roll) -> String {
        format!("outcome in the case file of {}", roll.name_and_group(self.pupil))
    }
}
