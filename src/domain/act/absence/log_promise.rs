//! Somebody told the school what will happen today, and gave no reason.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::Promise;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Somebody told the school what will happen today, and gave no reason.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LogPromise {
    /// About whom.
    pub pupils: Vec<PupilId>,
    /// About which session.
    pub at: SessionDate,
    /// What was promised, and for when.
    pub promise: Promise,
    /// Who told us.
    pub by: String,
    /// What was said.
    pub words: String,
    /// By which way.
    pub channel: Channel,
}

impl Described for LogPromise {
    fn kind(&self) -> &'static str {
        "promise"
    }

    fn called(&self) -> &'static str {
        "log a message about an absence"
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
        format!("{}: {}", names(roll, &self.pupils), self.promise.describe())
    }
}
