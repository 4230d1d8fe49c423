//! An arrangement for many, entered once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::code::Code;
use crate::domain::facts::arrangement::Terms;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// An arrangement for many, entered once.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Arrange {
    /// Who is in it.
    pub pupils: Vec<PupilId>,
    /// The code of its sessions.
    pub code: Code,
    /// First day.
    pub from: NaiveDate,
    /// The rest of it.
    pub terms: Terms,
}

impl Described for Arrange {
    fn kind(&self) -> &'static str {
        "arrange"
    }

    fn called(&self) -> &'static str {
        "enter an arrangement"
    }

    fn codes(&self) -> Vec<Code> {
        vec![self.code]
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.pupils.clone())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let Terms { title, days, .. } = &self.terms;
        format!("arrangement {} {title}, {days}, for {}", self.code, names(roll, &self.pupils))
    }
}
