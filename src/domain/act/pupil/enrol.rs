//! A pupil joins, before the system that the roll comes from has them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, group};
use crate::domain::code::Code;
use crate::domain::people::pupil::GroupId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A pupil joins, before the system that the roll comes from has them. Numbers are empty where they are not known yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Enrol {
    /// Family name.
    pub surname: String,
    /// Given name.
    pub forename: String,
    /// National curriculum year; the tutor group's where it is not said.
    pub year: Option<i64>,
    /// Tutor group.
    pub group: GroupId,
    /// First day on the roll, school-local.
    pub from: NaiveDate,
    /// Admission number.
    pub admission_no: String,
    /// Unique pupil number.
    pub upn: String,
}

impl Described for Enrol {
    fn kind(&self) -> &'static str {
        "enrol"
    }

    fn called(&self) -> &'static str {
        "put a joiner down"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(Vec::new())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let (group, from) = (group(roll, self.group), self.from.format("%a %-d %b %Y"));
        format!("{}, {} joins {group} from {from}", self.surname, self.forename)
    }
}
