//! Acts: what an officer does to the record, and the answers an act can get. One file an act, and one list of them: below.

mod absence;
mod contact;
pub mod described;
pub mod disclosure;
mod journal_entry;
mod late;
mod mark;
mod officer;
mod other;
pub mod permission;
mod presence;
mod receipt;
mod record;
mod refusal;
mod register;
mod search;
mod searching;
mod taken_by;
pub mod tape;
#[cfg(test)]
mod tests;
pub mod told;
mod watch_list;

use serde::{Deserialize, Serialize};

use super::act_id::ActId;
use super::code::Code;
use super::facts::lesson::LessonId;
use super::people::pupil::{GroupId, PupilId};
use super::register::register_ref::RegisterRef;
use super::school::changes;
use super::school::roll::Roll;
use super::school::staff::Role;
pub use absence::{LogCall, LogPromise, ReportAbsence, TakeStep, Theirs};
pub use contact::{Bar, LiftBar};
use described::{Described, Subject};
pub use journal_entry::JournalEntry;
pub use late::{FollowLate, LogArrival};
pub use mark::{Amend, Decide, SettleAged};
pub use officer::{Officer, When};
pub use other::Other;
pub use presence::{Confirm, LogMovement, Sight};
pub use receipt::Receipt;
pub use record::{ChangeSettings, Undo};
pub use refusal::Refusal;
pub use register::{Chase, ChaseLesson, Cover, Snooze, TakeLesson, TakeRegister};
pub use search::{EndSearch, NoteSearch, OpenSearch};
pub use taken_by::TakenBy;
pub use watch_list::{Unwatch, Watch};

/// Makes the enum of all acts, and `each_act!`, by which any floor asks an act something that its own trait answers. (A macro
/// made by a macro needs to be handed the `$`.)
macro_rules! acts {
    ($d:tt $($(#[$attribute:meta])* $act:ident)*) => {
        /// What an officer does to the record. Every act names its pupils; none depends on what is chosen on a screen.
        ///
        /// `saw` is the revision of the pupil-session the officer was looking at ([`ActId`] of its last change): where it has
        /// moved, the act is refused with both values.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[expect(missing_docs, reason = "each variant holds the act of its name")]
        pub enum Act {
            $($(#[$attribute])* $act($act),)*
        }

        impl Act {
            /// The names of all acts.
            pub const NAMES: &[&str] = &[$(stringify!($act)),*];

            /// Its name: one of [`Act::NAMES`].
            pub fn name(&self) -> &'static str {
                match self { $(Act::$act(_) => stringify!($act),)* }
            }
        }

        $(impl From<$act> for Act {
            fn from(act: $act) -> Act {
                Act::$act(act)
            }
        })*

        /// `each_act!(act, it => it.kind())`: the same of whichever act it is.
        macro_rules! each_act {
            ($d act:expr, $d it:ident => $d then:expr) => {
                match $d act { $($d crate::domain::act::Act::$act($d it) => $d then,)* }
            };
        }
    };
}

acts! { $
    Amend
    LogArrival
    FollowLate
    ReportAbsence
    LogPromise
    LogCall
    Bar
    LiftBar
    TakeStep
    SettleAged
    Decide
    ChangeSettings
    Chase
    Snooze
    Cover
    ChaseLesson
    TakeLesson
    #[serde(rename = "move")]
    LogMovement
    Sight
    Confirm
    OpenSearch
    NoteSearch
    EndSearch
    TakeRegister
    Watch
    Unwatch
    Undo
}
pub(crate) use each_act;

/// The words under which changes of the school's set-up are journalled.
pub const SET_UP: [&str; 3] = ["settings", "import", "pin"];

/// The words of what is journalled beside the day's work: an undo by itself takes none of it back.
pub const NOT_DAY_WORK: [&str; 5] = ["undo", "settings", "import", "history", "pin"];

impl Act {
    fn described(&self) -> &dyn Described {
        each_act!(self, act => act)
    }

    /// The word it is journalled under.
    pub fn kind(&self) -> &'static str {
        self.described().kind()
    }

    /// What doing it is called: the subject of "… is for an officer".
    pub fn called(&self) -> &'static str {
        self.described().called()
    }

    /// The codes it enters.
    pub fn codes(&self) -> Vec<Code> {
        self.described().codes()
    }

    /// The pupils it names.
    pub fn pupils(&self) -> Vec<PupilId> {
        match self.described().subject() {
            Subject::Pupils(pupils) | Subject::Register(_, pupils) => pupils,
            Subject::Settings(..) | Subject::Act(_) => Vec::new(),
        }
    }

    /// What it changed beside the record of pupils, one by one: each value, as it was and as it is.
    pub fn changes(&self) -> Vec<String> {
        match self.described().subject() {
            Subject::Settings(from, to) => changes(from, to),
            Subject::Pupils(_) | Subject::Register(..) | Subject::Act(_) => Vec::new(),
        }
    }

    /// The register it is about.
    pub fn register(&self) -> Option<RegisterRef> {
        match self.described().subject() {
            Subject::Register(register, _) => Some(register),
            Subject::Pupils(_) | Subject::Settings(..) | Subject::Act(_) => None,
        }
    }

    /// The tutor group whose register it is about.
    pub fn group(&self) -> Option<GroupId> {
        self.register().and_then(|register| match register {
            RegisterRef::Group(group) => Some(group),
            RegisterRef::Lesson(_) => None,
        })
    }

    /// The lesson whose register it is about.
    pub fn lesson(&self) -> Option<LessonId> {
        self.register().and_then(|register| match register {
            RegisterRef::Lesson(lesson) => Some(lesson),
            RegisterRef::Group(_) => None,
        })
    }

    /// The act that it takes back.
    pub fn undoes(&self) -> Option<ActId> {
        match self.described().subject() {
            Subject::Act(act) => Some(act),
            Subject::Pupils(_) | Subject::Register(..) | Subject::Settings(..) => None,
        }
    }

    /// The least role that may do it; codes in it may ask for more.
    pub fn least_role(&self) -> Role {
        self.described().least_role()
    }

    /// Itself in a few words, with the names of the roll: "call about Khan, Amira 8KM (no answer)".
    pub fn describe(&self, roll: &Roll) -> String {
        self.described().describe(roll)
    }
}
