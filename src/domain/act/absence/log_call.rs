//! A call to a contact.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject, names};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::contact::{CallOutcome, ContactId};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// What one call said of another child of the household, where it said something else of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SiblingAnswer {
    /// Of whom; one the call covers.
    pub pupil: PupilId,
    /// What became of it.
    pub outcome: CallOutcome,
    /// A code for the absence, if the call gave a reason.
    pub code: Option<Code>,
}

/// A call to a contact.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LogCall {
    /// About whom.
    pub pupil: PupilId,
    /// The contact rung.
    pub contact: Option<ContactId>,
    /// The number rung; without it the one of the contact's that is rung first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// About which session.
    pub at: SessionDate,
    /// What became of it.
    pub outcome: CallOutcome,
    /// A code for the absence, if the call gave a reason.
    pub code: Option<Code>,
    /// The last day of the absence, where the call said one; without it the code is for the rest of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// In words.
    pub note: String,
    /// When to ring again.
    pub call_back: Option<NaiveTime>,
    /// Others of the household the same call speaks for.
    pub covers: Vec<PupilId>,
    /// Those of them of whom something else was said; of the rest the same was.
    #[serde(rename = "theirs", default)]
    pub sibling_answers: Vec<SiblingAnswer>,
    /// Revision seen of each pupil's session.
    pub saw: Vec<(PupilId, ActId)>,
    /// Why somebody was rung who must not be contacted; without it such a call is refused.
    #[serde(default)]
    pub despite: Option<String>,
}

impl LogCall {
    /// Everybody the call speaks for: the pupil it is about, and those it covers.
    fn about(&self) -> Vec<PupilId> {
        std::iter::once(self.pupil).chain(self.covers.iter().copied()).collect()
    }
}

impl Described for LogCall {
    fn kind(&self) -> &'static str {
        "call"
    }

    fn called(&self) -> &'static str {
        "log a call"
    }

    fn codes(&self) -> Vec<Code> {
        self.code.into_iter().chain(self.sibling_answers.iter().filter_map(|child| child.code)).collect()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Pupils(self.about())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, roll: &Roll) -> String {
        let code = self.code.map(|code| format!(", {code}")).unwrap_or_default();
        format!("call about {} ({}{code})", names(roll, &self.about()), self.outcome.describe())
    }
}
