//! A pupil changes the tutor group, before the system that the roll comes from says so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, group};
use crate::domain::code::Code;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A pupil changes the tutor group, before the system that the roll comes from says so.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChangeGroup {
    /// Who.
    pub pupil: PupilId,
    /// The group.
    pub group: GroupId,
    /// The first day in it, school-local.
    pub from: NaiveDate,
    /// The group that the officer saw.
    pub saw: Option<GroupId>,
}

impl Described for ChangeGroup {
    fn kind(&self) -> &'static str {
        "change-group"
    }

    fn called(&self) -> &'static str {
        "change a tutor group"
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
        let name = roll.pupil(self.pupil).map_or_else(|| "-".to_owned(), |pupil| roll.telling_name(pupil).to_string());
        let was = self.saw.map_or("no group", |saw| group(roll, saw));
        format!("{name} from {was} to {} from {}", group(roll, self.group), self.from.format("%a %-d %b %Y"))
    }
}
