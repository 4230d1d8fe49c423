//! Puzzles: the kinds of contradiction an officer looks into, and what the office made of one.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;

macro_rules! puzzles {
    ($($puzzle:ident $word:literal $says:literal;)*) => {
        /// A kind of contradiction between pieces of evidence.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Puzzle { $(#[doc = $says] $puzzle,)* }

        impl Puzzle {
            /// Every kind, gravest first.
            pub const ALL: &[Puzzle] = &[$(Puzzle::$puzzle,)*];

            /// The word it is stored by.
            pub fn as_str(self) -> &'static str {
                match self { $(Puzzle::$puzzle => $word,)* }
            }

            /// As said on screen.
            pub fn says(self) -> &'static str {
                match self { $(Puzzle::$puzzle => $says,)* }
            }
        }
    };
}

puzzles! {
    MustNotBeHere "must-not-be-here" "must not be here";
    PresentThenMissing "present-then-missing" "present, then missing";
    InButNotInRoom "in-but-not-in-room" "in at the gate, not in the room";
    AwayButMarkedHere "away-but-marked-here" "reported away, marked here";
    AbsentThenSeen "absent-then-seen" "N, then seen";
    OnTripButN "on-trip-but-n" "on a list, marked N";
    RegistersDisagree "registers-disagree" "two registers disagree";
    ContactsDisagree "contacts-disagree" "contacts disagree";
    ArrangementDisputed "arrangement-disputed" "arranged, and told otherwise";
    DecidedThenTold "decided-then-told" "decided, and told otherwise since";
    SiblingPuzzle "sibling-puzzle" "sibling reported, this one not";
}

impl Puzzle {
    /// The kind stored as `word`.
    pub fn parse(word: &str) -> Option<Puzzle> {
        Puzzle::ALL.iter().copied().find(|puzzle| puzzle.as_str() == word)
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
    pub puzzle: Puzzle,
    /// What was made of it.
    pub reason: String,
    /// By whom.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}
