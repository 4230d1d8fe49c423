//! What goes into a pupil's case file: one kind of event each, with its fields.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

pub use super::party::Party;
use super::support::Support;
use super::words::words;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::case_event_kind::EventKind;

words! {
    /// By which way the school and a family were in contact.
    ContactWay {
        /// A letter was sent.
        Letter "letter"
        /// A letter was handed over.
        HandDelivered "letter by hand"
        /// A telephone call.
        Call "call"
        /// A text, or the parents' app.
        Text "text"
        /// An e-mail.
        Email "e-mail"
        /// Face to face.
        InPerson "in person"
    }
}

words! {
    /// What a meeting was.
    MeetingKind {
        /// With the family, in school.
        Family "meeting with the family"
        /// A formal panel.
        Panel "attendance panel"
        /// What was agreed is looked at again.
        Review "review meeting"
        /// On an attendance contract.
        Contract "contract meeting"
        /// With the local authority.
        Targeting "targeting support meeting"
    }
}

words! {
    /// What a home visit is for.
    VisitPurpose {
        /// Whether the pupil is safe and well.
        SafeAndWell "safe and well"
        /// The third day without contact.
        ThirdDay "third day of absence"
        /// Persistent absence.
        Persistent "persistent absence"
        /// The pupil may be missing from education.
        Missing "missing from education"
        /// A letter is brought.
        Letter "a letter is brought"
        /// Something else, which the words say.
        Other "other"
    }
}

/// A contact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CaseContact {
    /// When.
    pub on: NaiveDate,
    /// At which time, where that is known.
    pub time: Option<NaiveTime>,
    /// How.
    pub way: ContactWay,
    /// With whom.
    pub with: Party,
    /// What was said, or sent.
    pub words: String,
}

/// Something that was agreed: who does what, by when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgreedAction {
    /// What.
    pub what: String,
    /// Who.
    pub who: String,
    /// By when.
    pub by: NaiveDate,
}

/// A meeting.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Meeting {
    /// When.
    pub on: NaiveDate,
    /// At which time, where that is known.
    pub time: Option<NaiveTime>,
    /// Which.
    pub kind: MeetingKind,
    /// Who was there.
    pub present: String,
    /// What was said and decided.
    pub minutes: String,
    /// What was agreed.
    pub actions: Vec<AgreedAction>,
}

/// A home visit, from when the staff leave.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Visit {
    /// When.
    pub on: NaiveDate,
    /// When they leave the school.
    pub left: NaiveTime,
    /// When they are due back.
    pub due_back: NaiveTime,
    /// What for.
    pub purpose: VisitPurpose,
    /// Who goes.
    pub staff: String,
    /// Who else goes, where two go.
    pub second: Option<String>,
    /// What is to be known before, or of the purpose.
    pub words: String,
}

/// A notice to improve.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImprovementNotice {
    /// To whom.
    pub parent: Party,
    /// The first day of the time for improvement.
    pub start: NaiveDate,
    /// How many school weeks it lasts.
    pub weeks: u32,
    /// The last day, as the notice says it.
    pub ends: NaiveDate,
    /// More unauthorised sessions than these, and it is not met.
    pub most_unauthorised: u32,
    /// Percent of the possible sessions that are to be attended, where the notice says so.
    pub least_percent: Option<u32>,
}

/// A penalty notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PenaltyNotice {
    /// To whom.
    pub parent: Party,
    /// On which day.
    pub issued: NaiveDate,
    /// The sessions that it rests on: they are locked, and count towards no other.
    pub sessions: Vec<SessionDate>,
}

/// A request for leave in term time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeaveRequest {
    /// When it was made.
    pub asked: NaiveDate,
    /// By whom.
    pub by: Party,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Something that was done about a pupil's attendance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseEvent {
    /// A letter, a call, or another contact.
    Contact(CaseContact),
    /// A meeting, with its minutes.
    Meeting(Meeting),
    /// A home visit.
    Visit(Visit),
    /// A notice to improve.
    Improvement(ImprovementNotice),
    /// A penalty notice.
    Penalty(PenaltyNotice),
    /// A request for leave.
    Leave(LeaveRequest),
    /// Contact data checked, a contract, early help, a part-time timetable and the like.
    Support(Support),
}

impl CaseEvent {
    /// What it is.
    pub fn kind(&self) -> EventKind {
        match self {
            CaseEvent::Contact(_) => EventKind::Contact,
            CaseEvent::Meeting(_) => EventKind::Meeting,
            CaseEvent::Visit(_) => EventKind::Visit,
            CaseEvent::Improvement(_) => EventKind::Improvement,
            CaseEvent::Penalty(_) => EventKind::Penalty,
            CaseEvent::Leave(_) => EventKind::Leave,
            CaseEvent::Support(support) => support.kind.event(),
        }
    }

    /// What it puts down beside contacts, meetings, visits, notices and leave, where it does.
    pub fn support(&self) -> Option<&Support> {
        match self {
            CaseEvent::Support(support) => Some(support),
            CaseEvent::Contact(_)
            | CaseEvent::Meeting(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Improvement(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Leave(_) => None,
        }
    }

    /// The day that it is about: of leave the day on which it was asked for.
    pub fn on(&self) -> NaiveDate {
        match self {
            CaseEvent::Contact(contact) => contact.on,
            CaseEvent::Meeting(meeting) => meeting.on,
            CaseEvent::Visit(visit) => visit.on,
            CaseEvent::Improvement(notice) => notice.start,
            CaseEvent::Penalty(notice) => notice.issued,
            CaseEvent::Leave(leave) => leave.asked,
            CaseEvent::Support(support) => support.on,
        }
    }

    /// The time of day, where one is known.
    pub fn time(&self) -> Option<NaiveTime> {
        match self {
            CaseEvent::Contact(contact) => contact.time,
            CaseEvent::Meeting(meeting) => meeting.time,
            CaseEvent::Visit(visit) => Some(visit.left),
            CaseEvent::Improvement(_) | CaseEvent::Penalty(_) | CaseEvent::Leave(_) | CaseEvent::Support(_) => None,
        }
    }

    /// Whom of the family it is about, or who was there.
    pub fn with(&self) -> &str {
        match self {
            CaseEvent::Contact(contact) => &contact.with.name,
            CaseEvent::Meeting(meeting) => &meeting.present,
            CaseEvent::Visit(_) => "",
            CaseEvent::Improvement(notice) => &notice.parent.name,
            CaseEvent::Penalty(notice) => &notice.parent.name,
            CaseEvent::Leave(leave) => &leave.by.name,
            CaseEvent::Support(support) => &support.with.name,
        }
    }

    /// How many actions it agreed.
    pub fn actions(&self) -> u32 {
        match self {
            CaseEvent::Meeting(meeting) => u32::try_from(meeting.actions.len()).unwrap_or(u32::MAX),
            CaseEvent::Contact(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Improvement(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Leave(_)
            | CaseEvent::Support(_) => 0,
        }
    }

    /// It in words, without when, and with whom.
    pub fn describe(&self) -> String {
        match self {
            CaseEvent::Contact(contact) => parted(contact.way.describe(), &contact.words),
            CaseEvent::Meeting(meeting) => {
                let minutes = parted(meeting.kind.describe(), &meeting.minutes);
                let agreed = meeting.actions.iter().map(|one| format!("{} by {} ({})", one.what, day(one.by), one.who));
                let agreed = agreed.collect::<Vec<_>>().join(", ");
                if agreed.is_empty() { minutes } else { format!("{minutes}; agreed: {agreed}") }
            }
            CaseEvent::Visit(visit) => {
                let second = visit.second.as_ref().map(|second| format!(" and {second}")).unwrap_or_default();
                let due = format!("{}{second}, due back {}", visit.staff, visit.due_back.format("%H:%M"));
                parted(&format!("home visit, {}: {due}", visit.purpose.describe()), &visit.words)
            }
            CaseEvent::Improvement(notice) => {
                let percent = notice.least_percent.map(|least| format!(", and {least} % attended")).unwrap_or_default();
                let most = notice.most_unauthorised;
                let until = day(notice.ends);
                format!("notice to improve until {until}: at most {most} sessions unauthorised{percent}")
            }
            CaseEvent::Penalty(notice) => format!("penalty notice for {} sessions", notice.sessions.len()),
            CaseEvent::Leave(leave) => {
                format!("leave asked for from {} to {}: {}", day(leave.first), day(leave.last), leave.reason)
            }
            CaseEvent::Support(support) => support.describe(),
        }
    }
}

/// "letter: attendance so far"; the first alone where nothing follows.
pub(super) fn parted(first: &str, words: &str) -> String {
    if words.is_empty() { first.to_owned() } else { format!("{first}: {words}") }
}

/// "Thu 5 Mar 2026".
pub fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}
