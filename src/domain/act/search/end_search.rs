//! A search is over.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::search::{FoundWhere, SearchOutcome};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A search is over.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EndSearch {
    /// The act that opened it.
    pub search: ActId,
    /// Who was looked for.
    pub pupil: PupilId,
    /// Found, or handed on.
    pub outcome: SearchOutcome,
    /// Where the pupil was found: on site, which is a sighting, or elsewhere. Older records do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<FoundWhere>,
    /// Where, or to whom.
    pub words: String,
}

impl Described for EndSearch {
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
        format!("search for {}: {}, {}", roll.name_and_group(self.pupil), self.outcome.how(self.found), self.words)
    }
}
