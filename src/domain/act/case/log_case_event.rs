//! Put something into a pupil's case file: a contact, a meeting, a visit, a notice, a request for leave.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act::permission::least_for_event;
use crate::domain::cases::event::CaseEvent;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Put something into a pupil's case file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LogCaseEvent {
    /// Whose.
    pub pupil: PupilId,
    /// What.
    pub event: CaseEvent,
}

impl Described for LogCaseEvent {
    fn kind(&self) -> &'static str {
        "log-case-event"
    }

    fn called(&self) -> &'static str {
        "put something into a case file"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        least_for_event(self.event.kind())
    }

    /// No more than that there is a case file: a reader has the day log too.
    fn describe(&self, roll: &Roll) -> String {
        format!("entry in the case file of {}", roll.name_and_group(self.pupil))
    }
}
