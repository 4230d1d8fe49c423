//! The result of an act that was done.

use crate::domain::act_id::ActId;
use crate::domain::facts::lesson::LessonId;
use crate::domain::people::pupil::{GroupId, PupilId};

/// The result of an act that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Its number in the journal.
    pub act: ActId,
    /// What it did, in words for the status line: "Khan, Amira 8KM: L 17 min, gate 08:57 beats tutor N 08:50".
    pub text: String,
    /// It in words fit for the gate: "Khan, Amira 8KM: L 17 min at 08:57"; `None` where it is not the gate's.
    pub at_gate: Option<String>,
    /// The pupils it named.
    pub pupils: Vec<PupilId>,
    /// The register it named.
    pub group: Option<GroupId>,
    /// The lesson whose register it named.
    pub lesson: Option<LessonId>,
    /// A part of it that could not be done though the rest was, in words.
    pub but: Option<String>,
    /// Of an act about several: why each of those was not done that were not, a sentence each.
    pub not_done: Vec<String>,
    /// Of an undo: what became of the act that it is about.
    pub undid: Option<Undid>,
}

/// What an undo, or the undo of one, did to an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Undid {
    /// The act.
    pub act: ActId,
    /// Whether it stands again.
    pub stands: bool,
}
