//! An arrangement ends.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// An arrangement ends: from a date on it is none. From its first day on it is taken back whole.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EndArrangement {
    /// Which.
    pub arrangement: ArrangementId,
    /// The act that it stood by when this was asked for.
    pub saw: ActId,
    /// Its code.
    pub code: Code,
    /// With whom or what it was.
    pub title: String,
    /// The first day on which it is none.
    pub from: NaiveDate,
    /// Who is out of it from then on.
    pub pupils: Vec<PupilId>,
    /// Why; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl EndArrangement {
    /// The end of an arrangement from a date on.
    pub fn of(held: &Arrangement, from: NaiveDate, words: String) -> Self {
        let (pupils, title) = (held.pupils_from(from), held.terms.title.clone());
        let Arrangement { id, act, code, .. } = *held;
        EndArrangement { arrangement: id, saw: act, code, title, from, pupils, words }
    }
}

impl Described for EndArrangement {
    fn kind(&self) -> &'static str {
        "end-arrangement"
    }

    fn called(&self) -> &'static str {
        "end an arrangement"
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
        let from = self.from.format("%a %-d %b");
        format!("end of arrangement {} {} from {from}, for {}", self.code, self.title, names(roll, &self.pupils))
    }
}
