//! Put a pupil on the watch list.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Put a pupil on the watch list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Watch {
    /// Whom.
    pub pupil: PupilId,
    /// Why.
    pub reason: String,
    /// Last day of it.
    pub until: Option<NaiveDate>,
    /// Who sees to it; `None` for whoever asks.
    #[serde(default)]
    pub owner: Option<String>,
    /// The date it is looked at again.
    #[serde(default)]
    pub review: Option<NaiveDate>,
    /// The act that put the pupil there, where this takes its place.
    #[serde(default)]
    pub instead: Option<ActId>,
}

impl Described for Watch {
    fn kind(&self) -> &'static str {
        "watch"
    }

    fn called(&self) -> &'static str {
        "change the watch list"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        format!("watch on {}", roll.name_and_group(self.pupil))
    }
}
