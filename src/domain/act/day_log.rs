//! The day log: every act of a date, who did it and when, the newest last.

use chrono::NaiveDateTime;

use crate::domain::act::Undid;
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;

/// One act on the day log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its number in the journal.
    pub act: ActId,
    /// When, school-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
    /// By which login; `None` of acts from before it was kept, where nobody can say.
    pub login: Option<String>,
    /// At which desk.
    pub desk: String,
    /// Its description.
    pub text: String,
    /// What it changed of the school's set-up, one by one: settings, or what files brought.
    pub changes: Vec<String>,
    /// The pupils it named.
    pub pupils: Vec<PupilId>,
    /// Who took it back since, and when; `None` while it stands.
    pub undone: Option<(String, NaiveDateTime)>,
    /// Of an undo, or the undo of one: the act that it is about, and whether it left that standing.
    pub undid: Option<Undid>,
    /// Whether it can be taken back: an act of an officer, or an import that kept what it replaced.
    pub can_undo: bool,
}
