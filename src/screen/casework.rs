//! Casework on the screen: what can be put down about a pupil, and what is asked of the store.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::domain::act::permission::least_for_event;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::chronology::{Chronology, MarkHeld};
use crate::domain::cases::letters::drafted::{Drafted, MeetingAsked};
use crate::domain::cases::letters::suggest::Suggestion;
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
    /// A penalty notice was issued.
    Penalty,
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
    /// What became of a letter.
    LetterGone,
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
            CaseEntry::Penalty => "Penalty notice",
            CaseEntry::PenaltyEnd => "What became of a penalty notice",
            CaseEntry::Stage => "Another stage",
            CaseEntry::Owner => "Another owner",
            CaseEntry::Next => "What is next",
            CaseEntry::Target => "What the plan aims at",
            CaseEntry::Close => "Close the case",
            CaseEntry::LetterGone => "What became of a letter",
        }
    }

    /// The least role that puts it down, and the subject of "… is for a lead".
    pub fn is_for(self) -> (Role, &'static str) {
        match self {
            CaseEntry::Decision => (Role::Lead, "deciding leave"),
            CaseEntry::Improvement | CaseEntry::ImprovementEnd | CaseEntry::Penalty | CaseEntry::PenaltyEnd => {
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
            | CaseEntry::Close
            | CaseEntry::LetterGone => (Role::Officer, "casework"),
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
    /// Letters about a pupil that could be made.
    Letters(LettersAsked),
    /// A pupil's unauthorised sessions on these dates.
    Unauthorised(PupilId, RangeInclusive<NaiveDate>),
}

/// The sessions of some dates that a penalty notice could rest on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unauthorised {
    /// Whose.
    pub pupil: PupilId,
    /// The dates.
    pub dates: RangeInclusive<NaiveDate>,
    /// Those at G, O or U, locked or not.
    pub firm: Vec<SessionDate>,
    /// Those at N.
    pub unresolved: Vec<SessionDate>,
    /// Every marked session from the first of the dates on, in order.
    pub marks: Vec<MarkHeld>,
}

/// Which letters about a pupil, and what is asked for beside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LettersAsked {
    /// About whom.
    pub pupil: PupilId,
    /// The template; `None` for the one that is suggested.
    pub template: Option<String>,
    /// A paragraph of their own.
    pub words: String,
    /// The meeting that they invite to.
    pub meeting: Option<MeetingAsked>,
}

/// Letters that could be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drafts {
    /// Every template, with what it is.
    pub templates: Vec<(String, String)>,
    /// What the school's rules suggest of the pupil, also where something speaks against it.
    pub suggested: Vec<Suggestion>,
    /// Of which template they are; empty where none was asked for, and none is suggested.
    pub template: String,
    /// A row for each recipient, and for each who gets none; none where the letter is not for this role.
    pub rows: Vec<Drafted>,
}

/// What the store answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CaseAnswer {
    /// The attendance of each.
    Attendance(HashMap<PupilId, Figures>),
    /// The chronology, and the attendance.
    Chronology(Chronology, Figures),
    /// What letters could be made, or why none can be.
    Letters(LettersAsked, Result<Drafts, String>),
    /// The unauthorised sessions.
    Unauthorised(Unauthorised),
}
