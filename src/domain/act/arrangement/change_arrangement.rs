//! An arrangement is otherwise from a date on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId, Terms};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// An arrangement is otherwise from a date on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChangeArrangement {
    /// Which.
    pub arrangement: ArrangementId,
    /// The act that it stood by when this was asked for.
    pub saw: ActId,
    /// Its code, which stays.
    pub code: Code,
    /// The first day on which it is otherwise.
    pub from: NaiveDate,
    /// What it is from then on.
    pub terms: Terms,
    /// Who is in it from then on.
    pub pupils: Vec<PupilId>,
    /// Who was, and is not from then on.
    pub out: Vec<PupilId>,
}

impl ChangeArrangement {
    /// The change of an arrangement from a date on, to these terms, with pupils added and taken out.
    pub fn of(held: &Arrangement, from: NaiveDate, terms: Terms, added: &[PupilId], out: &[PupilId]) -> Self {
        let (mut pupils, mut gone) = (held.pupils_from(from), out.to_vec());
        gone.retain(|one| pupils.contains(one));
        pupils.retain(|one| !gone.contains(one));
        pupils.extend(added.iter().filter(|one| !held.pupils_from(from).contains(one)));
        let Arrangement { id, act, code, .. } = *held;
        ChangeArrangement { arrangement: id, saw: act, code, from, terms, pupils, out: gone }
    }
}

impl Described for ChangeArrangement {
    fn kind(&self) -> &'static str {
        "change-arrangement"
    }

    fn called(&self) -> &'static str {
        "change an arrangement"
    }

    fn codes(&self) -> Vec<Code> {
        vec![self.code]
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.pupils.iter().chain(&self.out).copied().collect())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let from = self.from.format("%a %-d %b");
        let out = match self.out.as_slice() {
            [] => String::new(),
            out => format!(", without {}", names(roll, out)),
        };
        format!("arrangement {} {} changed from {from}{out}", self.code, self.terms.title)
    }
}
