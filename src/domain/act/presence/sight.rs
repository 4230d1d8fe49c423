//! Looked for by a member of staff: seen there, or not.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Looked for by a member of staff: seen there, or not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sight {
    /// Who.
    pub pupil: PupilId,
    /// School-local date.
    pub date: NaiveDate,
    /// School-local time.
    pub time: NaiveTime,
    /// Seen, or not seen.
    pub seen: bool,
    /// Where they were looked for.
    pub place: String,
}

impl Described for Sight {
    fn kind(&self) -> &'static str {
        "sight"
    }

    fn called(&self) -> &'static str {
        "log who is seen"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(vec![self.pupil])
    }

    fn least_role(&self) -> Role {
        Role::Gate
    }

    fn describe(&self, roll: &Roll) -> String {
        let seen = if self.seen { "seen" } else { "not seen" };
        format!("{} {seen}, {}", roll.name_and_group(self.pupil), self.place)
    }
}
