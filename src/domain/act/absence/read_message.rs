//! Somebody has read a message that a file brought.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Somebody has read a message that a file brought.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReadMessage {
    /// The number of the message.
    pub message: i64,
    /// Whom it is about, as the reader says; without it as the file has it.
    pub about: Option<PupilId>,
}

impl Described for ReadMessage {
    fn kind(&self) -> &'static str {
        "read-message"
    }

    fn called(&self) -> &'static str {
        "read a message"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.about.into_iter().collect())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let about = self.about.map(|id| format!(", about {}", names(roll, &[id]))).unwrap_or_default();
        format!("message {} read{about}", self.message)
    }
}
