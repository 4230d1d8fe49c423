//! Casework on the screen: what can be put down about a pupil, and what is asked of the store.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::domain::act::permission::least_for_event;
use crate::domain::cases::chronology::Chronology;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;
use crate::domain::triggers::TriggerKind;

/// What is put down about a pupil: each has a form of its own fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseEntry {
    /// A case is opened, from a trigger or else.
    Open(Option<TriggerKind>),
    /// A letter, a call, a text or a talk.
    Contact,
    /// A meeting.
    Meeting,
    /// Staff leave for a home visit.
    Visit,
    /// They are back.
    VisitReturn,
    /// Leave is asked for.
    Leave,
    /// Leave is decided.
    Decision,
    /// What a meeting agreed is done.
    ActionDone,
    /// A notice to improve.
    Improvement,
    /// It is over.
    ImprovementEnd,
    /// What became of a penalty notice.
    PenaltyEnd,
    /// Another stage.
    Stage,
    /// Another owner.
    Owner,
    /// What is to be done next.
    Next,
    /// What the plan aims at.
    Target,
    /// The case is closed.
    Close,
}

impl CaseEntry {
    /// What it is called: the title of its form.
    pub fn title(self) -> &'static str {
        match self {
            CaseEntry::Open(_) => "Open a case",
            CaseEntry::Contact => "Contact",
            CaseEntry::Meeting => "Meeting",
            CaseEntry::Visit => "Leave for a home visit",
            CaseEntry::VisitReturn => "Back from the home visit",
            CaseEntry::Leave => "Leave is asked for",
            CaseEntry::Decision => "Leave is decided",
            CaseEntry::ActionDone => "Done as agreed",
            CaseEntry::Improvement => "Notice to improve",
            CaseEntry::ImprovementEnd => "A notice to improve is over",
            CaseEntry::PenaltyEnd => "What became of a penalty notice",
            CaseEntry::Stage => "Another stage",
            CaseEntry::Owner => "Another owner",
            CaseEntry::Next => "What is next",
            CaseEntry::Target => "What the plan aims at",
            CaseEntry::Close => "Close the case",
        }
    }

    /// The least role that puts it down, and the subject of "… is for a lead".
    pub fn is_for(self) -> (Role, &'static str) {
        match self {
            CaseEntry::Decision => (Role::Lead, "deciding leave"),
            CaseEntry::Improvement | CaseEntry::ImprovementEnd | CaseEntry::PenaltyEnd => {
                (least_for_event(EventKind::Improvement), "a notice")
            }
            CaseEntry::Open(_)
            | CaseEntry::Contact
            | CaseEntry::Meeting
            | CaseEntry::Visit
            | CaseEntry::VisitReturn
            | CaseEntry::Leave
            | CaseEntry::ActionDone
            | CaseEntry::Stage
            | CaseEntry::Owner
            | CaseEntry::Next
            | CaseEntry::Target
            | CaseEntry::Close => (Role::Officer, "casework"),
        }
    }
}

/// What is asked of the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CaseQuestion {
    /// The attendance of these pupils this school year.
    Attendance(Vec<PupilId>),
    /// A pupil's chronology on these dates, and the attendance this school year.
    Chronology(PupilId, RangeInclusive<NaiveDate>),
}

/// What the store answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CaseAnswer {
    /// The attendance of each.
    Attendance(HashMap<PupilId, Figures>),
    /// The chronology, and the attendance.
    Chronology(Chronology, Figures),
}
