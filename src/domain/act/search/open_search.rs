//! A pupil is looked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A pupil is looked for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpenSearch {
    /// Who.
    pub pupil: PupilId,
    /// School-local date.
    pub date: NaiveDate,
    /// Last seen where and when.
    pub last_seen: String,
}

impl Described for OpenSearch {
    fn kind(&self) -> &'static str {
        "search"
    }

    fn called(&self) -> &'static str {
        "search for a pupil"
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
        format!("search for {}", roll.name_and_group(self.pupil))
    }
}
