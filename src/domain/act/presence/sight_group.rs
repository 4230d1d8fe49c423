//! A group was looked for, and all of it was seen but those who are named.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, few_names};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A group was looked for, and all of it was seen but those who are named.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SightGroup {
    /// What the group is called: "8KM".
    pub group: String,
    /// Who was seen.
    pub pupils: Vec<PupilId>,
    /// Who else of the group was looked for. Nothing is recorded about them here.
    pub but: Vec<PupilId>,
    /// School-local date.
    pub date: NaiveDate,
    /// School-local time.
    pub time: NaiveTime,
    /// Where they were looked for: "roll call 10:42".
    pub place: String,
    /// What was said of a pupil in this place at this time or later stands.
    pub since: NaiveTime,
}

impl SightGroup {
    /// "26 of 8KM seen, all but Ash, Jo and Ned, Al; roll call 10:42".
    pub fn words(&self, roll: &Roll, seen: usize) -> String {
        let but = if self.but.is_empty() { String::new() } else { format!(", all but {}", few_names(roll, &self.but)) };
        format!("{seen} of {} seen{but}; {}", self.group, self.place)
    }
}

impl Described for SightGroup {
    fn kind(&self) -> &'static str {
        "sight-group"
    }

    fn called(&self) -> &'static str {
        "log who is seen"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.pupils.clone())
    }

    fn least_role(&self) -> Role {
        Role::Gate
    }

    fn describe(&self, roll: &Roll) -> String {
        self.words(roll, self.pupils.len())
    }
}
