//! Acts: what an officer does to the record, and the answers an act can get. One file an act, and one list of them:
//! below. A new act is its file, a line in its folder here and a line in the list; and its twin in `store/acts`.

pub mod day_log;
pub mod described;
pub mod disclosure;
mod journal_entry;
mod officer;
mod other;
pub mod permission;
mod receipt;
mod refusal;
mod searching;
#[cfg(test)]
mod tests;
pub mod wording;

/// Calls, reports and steps about an absence.
mod absence {
    pub mod log_call;
    pub mod log_promise;
    pub mod read_message;
    pub mod report_absence;
    pub mod take_step;
}

/// Arrangements for many.
mod arrangement {
    pub mod arrange;
    pub mod change_arrangement;
    pub mod end_arrangement;
}

/// Cases, and what is put into case files.
mod case {
    pub mod change_case;
    pub mod deliver_letter;
    pub mod end_case_event;
    pub mod log_case_event;
    pub mod make_letter;
    pub mod open_case;
}

/// Bars on contacts, and what of contacts is put right.
mod contact {
    pub mod add_contact;
    pub mod bar;
    pub mod correct_contact;
    pub mod lift_bar;
}

/// Arrivals, and the follow-up of lates.
mod late {
    pub mod follow_late;
    pub mod log_arrival;
}

/// Marks decided in the office, and handed back to the system that they come from.
mod mark {
    pub mod amend;
    pub mod amend_several;
    pub mod confirm_handback;
    pub mod decide;
    pub mod drop_marks;
    pub mod map_mark;
    pub mod refuse_handback;
    pub mod settle_unresolved;
}

/// Movements, sightings and confirmations.
mod presence {
    pub mod confirm;
    pub mod log_movement;
    pub mod sight;
    pub mod sight_group;
}

/// The record itself: its settings, files that were refused, and undo.
mod record {
    pub mod change_settings;
    pub mod dismiss_file;
    pub mod undo;
}

/// Pupils who come, go or change the tutor group before the system has it.
mod pupil {
    pub mod change_group;
    pub mod confirm_leavers;
    pub mod enrol;
    pub mod leave;
    pub mod number_joiner;
    pub mod stay;
}

/// Registers of groups and of lessons.
mod register {
    pub mod chase;
    pub mod chase_lesson;
    pub mod cover;
    pub mod snooze;
    pub mod take_lesson;
    pub mod take_register;
}

/// Looking for a pupil.
mod search {
    pub mod end_search;
    pub mod note_search;
    pub mod open_search;
}

/// The watch list.
mod watch_list {
    pub mod unwatch;
    pub mod watch;
}

use serde::{Deserialize, Serialize};

use super::act_id::ActId;
use super::code::Code;
use super::facts::lesson::LessonId;
use super::people::pupil::{GroupId, PupilId};
use super::register::register_ref::RegisterRef;
use super::school::changes;
use super::school::roll::Roll;
use super::school::staff::Role;
pub use absence::log_call::SiblingAnswer;
use described::{Described, Subject};
pub use journal_entry::JournalEntry;
pub use officer::{Officer, When};
pub use other::Other;
pub use receipt::{Receipt, Undid};
pub use refusal::Refusal;

pub use crate::domain::facts::taken_by::TakenBy;

/// Makes the enum of all acts, and `each_act!`, by which any floor asks an act something that its own trait answers. (A macro
/// made by a macro needs to be handed the `$`.)
macro_rules! acts {
    ($d:tt $($(#[$attribute:meta])* $folder:ident::$file:ident::$act:ident)*) => {
        $(pub use self::$folder::$file::$act;)*

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
    absence::log_call::LogCall
    absence::log_promise::LogPromise
    absence::read_message::ReadMessage
    absence::report_absence::ReportAbsence
    absence::take_step::TakeStep
    arrangement::arrange::Arrange
    arrangement::change_arrangement::ChangeArrangement
    arrangement::end_arrangement::EndArrangement
    case::change_case::ChangeCase
    case::deliver_letter::DeliverLetter
    case::end_case_event::EndCaseEvent
    case::log_case_event::LogCaseEvent
    case::make_letter::MakeLetter
    case::open_case::OpenCase
    contact::add_contact::AddContact
    contact::bar::Bar
    contact::correct_contact::CorrectContact
    contact::lift_bar::LiftBar
    late::follow_late::FollowLate
    late::log_arrival::LogArrival
    mark::amend::Amend
    mark::amend_several::AmendSeveral
    mark::confirm_handback::ConfirmHandback
    mark::decide::Decide
    mark::drop_marks::DropMarks
    mark::map_mark::MapMark
    mark::refuse_handback::RefuseHandback
    #[serde(rename = "settle-aged")]
    mark::settle_unresolved::SettleUnresolved
    presence::confirm::Confirm
    #[serde(rename = "move")]
    presence::log_movement::LogMovement
    presence::sight::Sight
    presence::sight_group::SightGroup
    pupil::change_group::ChangeGroup
    pupil::confirm_leavers::ConfirmLeavers
    pupil::enrol::Enrol
    pupil::leave::Leave
    pupil::number_joiner::NumberJoiner
    pupil::stay::Stay
    record::change_settings::ChangeSettings
    record::dismiss_file::DismissFile
    record::undo::Undo
    register::chase::Chase
    register::chase_lesson::ChaseLesson
    register::cover::Cover
    register::snooze::Snooze
    register::take_lesson::TakeLesson
    register::take_register::TakeRegister
    search::end_search::EndSearch
    search::note_search::NoteSearch
    search::open_search::OpenSearch
    watch_list::unwatch::Unwatch
    watch_list::watch::Watch
}
pub(crate) use each_act;

/// The words under which changes of the school's set-up are journalled.
pub const SET_UP: [&str; 4] = ["settings", "import", "pin", "retention"];

/// The words of what is journalled beside the day's work: an undo by itself takes none of it back.
pub const NOT_DAY_WORK: [&str; 8] =
    ["undo", "settings", "import", "history", "pin", "retention", "handback", "file-refused"];

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
