//! The kinds of contradiction an officer looks into, and what the office made of one.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;

macro_rules! contradiction_kinds {
    ($($contradiction:ident $text:literal;)*) => {
        /// A kind of contradiction between pieces of evidence.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum ContradictionKind { $(#[doc = $text] $contradiction,)* }

        impl ContradictionKind {
            /// Every kind, gravest first.
            pub const ALL: &[ContradictionKind] = ContradictionKind::VARIANTS;

            /// The word it is stored by.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// As said on screen.
            pub fn describe(self) -> &'static str {
                match self { $(ContradictionKind::$contradiction => $text,)* }
            }
        }
    };
}

contradiction_kinds! {
    MustNotBeHere "must not be here";
    PresentThenMissing "present, then missing";
    InButNotInRoom "in at the gate, not in the room";
    AwayButMarkedHere "reported away, marked here";
    AbsentThenSeen "N, then seen";
    OnTripButN "on a list, marked N";
    RegistersDisagree "two registers disagree";
    ContactsDisagree "contacts disagree";
    ArrangementDisputed "arranged, and told otherwise";
    DecidedThenTold "decided, and told otherwise since";
    SiblingPuzzle "sibling reported, this one not";
}

impl ContradictionKind {
    /// The kind stored as `word`.
    pub fn parse(word: &str) -> Option<ContradictionKind> {
        word.parse().ok()
    }
}

/// A contradiction looked at, and what the office made of it without changing the mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The act that recorded it.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// Which half of the day.
    pub session: Session,
    /// Which kind of contradiction.
    pub contradiction: ContradictionKind,
    /// What was made of it.
    pub reason: String,
    /// By whom.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}
