//! Somebody reported an absence.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Somebody reported an absence.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReportAbsence {
    /// Whose.
    pub pupils: Vec<PupilId>,
    /// The code given to it.
    pub code: Code,
    /// First session.
    pub from: SessionDate,
    /// Last session.
    pub until: SessionDate,
    /// Who reported it.
    pub by: String,
    /// What was said.
    pub words: String,
    /// By which way.
    #[serde(default)]
    pub channel: Channel,
    /// Evidence seen: "appointment card"; may be empty.
    #[serde(default)]
    pub seen: String,
    /// When the pupil is expected back.
    #[serde(default)]
    pub back: Option<NaiveDate>,
    /// When the appointment is, if a time was said; school-local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<NaiveTime>,
}

impl Described for ReportAbsence {
    fn kind(&self) -> &'static str {
        "report"
    }

    fn called(&self) -> &'static str {
        "log a message about an absence"
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
        format!("report {} for {}", self.code, names(roll, &self.pupils))
    }
}
