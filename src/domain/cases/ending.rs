//! What became of an event of a case file: a visit comes back, a notice runs out, leave is decided.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::event::{CaseEvent, LeaveRequest, day, parted};
use super::words::words;
use crate::domain::act_id::ActId;
use crate::domain::calendar::Calendar;
use crate::domain::counted::counted;
use crate::domain::facts::case_event_kind::EventKind;

words! {
    /// What a home visit found.
    VisitOutcome {
        /// The pupil was seen, and is well.
        SeenWell "child seen well"
        /// The pupil came along to school.
        BroughtToSchool "brought to school"
        /// Nobody opened: a card was left.
        NoAnswer "no answer, card left"
        /// The family lives there no longer.
        Moved "moved away"
        /// They were not let in, or not spoken to.
        Refused "refused"
        /// Something for the DSL.
        Concern "concern, for the DSL"
    }
}

words! {
    /// How the time of a notice to improve ended.
    ImprovementOutcome {
        /// The attendance improved as it said.
        Met "met"
        /// It did not.
        NotMet "not met"
        /// It ended before its last day: it was failing clearly, and the parent was told.
        EndedEarly "ended early"
        /// It was withdrawn.
        Withdrawn "withdrawn"
    }
}

words! {
    /// What became of a penalty notice.
    PenaltyOutcome {
        /// Paid within 21 days.
        #[serde(rename = "paid-21")]
        #[strum(serialize = "paid-21")]
        PaidEarly "paid within 21 days"
        /// Paid within 28 days.
        #[serde(rename = "paid-28")]
        #[strum(serialize = "paid-28")]
        Paid "paid within 28 days"
        /// Not paid.
        Unpaid "not paid"
        /// Taken to court.
        Prosecuted "prosecuted"
        /// Withdrawn by the local authority: it counts no more towards three years.
        Withdrawn "withdrawn"
    }
}

words! {
    /// What was decided of leave.
    LeaveOutcome {
        /// Granted, wholly or for so many days.
        Granted "granted"
        /// Refused.
        Refused "refused"
    }
}

/// A home visit is over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VisitReturn {
    /// When they were back in school, or rang that they are safe.
    pub back: NaiveTime,
    /// Whether the child was seen.
    pub child_seen: bool,
    /// Whether the child was spoken to.
    pub spoken_to: bool,
    /// Who else was met.
    pub met: String,
    /// What was found.
    pub outcome: VisitOutcome,
    /// What they saw and heard.
    pub words: String,
    /// What is to follow.
    pub follow_up: String,
    /// Whether it is in CPOMS.
    pub in_cpoms: bool,
}

/// A notice to improve is over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImprovementEnd {
    /// When.
    pub on: NaiveDate,
    /// How.
    pub outcome: ImprovementOutcome,
    /// Whatever is to be said of it.
    pub words: String,
}

/// A penalty notice was answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PenaltyEnd {
    /// When.
    pub on: NaiveDate,
    /// How.
    pub outcome: PenaltyOutcome,
    /// Whatever is to be said of it.
    pub words: String,
}

/// A request for leave was decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeaveDecision {
    /// When.
    pub on: NaiveDate,
    /// How.
    pub outcome: LeaveOutcome,
    /// School days that are granted.
    pub days: u32,
    /// By whom: the head, as a rule.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The days that are granted, in order, where these are not the first of the leave.
    #[serde(default)]
    pub granted: Vec<NaiveDate>,
}

impl LeaveDecision {
    /// The same; granted without a number of days it is all school days that were asked for.
    pub fn of_all_days(self, leave: &LeaveRequest, calendar: &Calendar) -> LeaveDecision {
        if self.outcome == LeaveOutcome::Refused || self.days > 0 {
            return self;
        }
        LeaveDecision { days: u32::try_from(leave.school_days(calendar)).unwrap_or(u32::MAX), ..self }
    }
}

/// Something that was agreed is done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ActionDone {
    /// Which of the event's actions, from 1.
    pub place: u32,
    /// When.
    pub on: NaiveDate,
    /// Whatever is to be said of it.
    pub words: String,
}

/// What became of an event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Of a visit.
    Visit(VisitReturn),
    /// Of a notice to improve.
    Improvement(ImprovementEnd),
    /// Of a penalty notice.
    Penalty(PenaltyEnd),
    /// Of a request for leave.
    Leave(LeaveDecision),
    /// Of what a meeting agreed.
    Action(ActionDone),
}

/// What became of an event, and of which.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ended {
    /// The act that put the event down.
    pub event: ActId,
    /// What became of it.
    pub ending: Ending,
}

impl Ending {
    /// What it is the end of.
    pub fn ends(&self) -> EventKind {
        match self {
            Ending::Visit(_) => EventKind::Visit,
            Ending::Improvement(_) => EventKind::Improvement,
            Ending::Penalty(_) => EventKind::Penalty,
            Ending::Leave(_) => EventKind::Leave,
            Ending::Action(_) => EventKind::Meeting,
        }
    }

    /// The part of the event that it ends: of an action its place, else nothing.
    pub fn place(&self) -> Option<u32> {
        match self {
            Ending::Action(done) => Some(done.place),
            Ending::Visit(_) | Ending::Improvement(_) | Ending::Penalty(_) | Ending::Leave(_) => None,
        }
    }

    /// The day that it is about; a visit's return is that of the visit.
    pub fn on(&self, event: &CaseEvent) -> NaiveDate {
        match self {
            Ending::Visit(_) => event.on(),
            Ending::Improvement(end) => end.on,
            Ending::Penalty(end) => end.on,
            Ending::Leave(decision) => decision.on,
            Ending::Action(done) => done.on,
        }
    }

    /// The time of day, where one is known.
    pub fn time(&self) -> Option<NaiveTime> {
        match self {
            Ending::Visit(back) => Some(back.back),
            Ending::Improvement(_) | Ending::Penalty(_) | Ending::Leave(_) | Ending::Action(_) => None,
        }
    }

    /// It in words, of its event.
    pub fn describe(&self, event: &CaseEvent) -> String {
        match self {
            Ending::Visit(back) => {
                let said = |it: bool, what: &str| format!("{what} {}", if it { "yes" } else { "no" });
                let more = |what: &str, words: &str| (!words.is_empty()).then(|| format!("{what} {words}"));
                let parts = [
                    Some(said(back.child_seen, "child seen")),
                    Some(said(back.spoken_to, "spoken to")),
                    more("met", &back.met),
                    Some(back.words.clone()).filter(|words| !words.is_empty()),
                    more("to follow:", &back.follow_up),
                    back.in_cpoms.then(|| "in CPOMS".to_owned()),
                ];
                let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
                format!("back from the home visit: {}; {parts}", back.outcome.describe())
            }
            Ending::Improvement(end) => parted(&format!("notice to improve {}", end.outcome.describe()), &end.words),
            Ending::Penalty(end) => parted(&format!("penalty notice {}", end.outcome.describe()), &end.words),
            Ending::Leave(decision) => {
                let (outcome, by) = (decision.outcome.describe(), &decision.by);
                let days = match decision.outcome {
                    LeaveOutcome::Granted => {
                        let days = usize::try_from(decision.days).unwrap_or(usize::MAX);
                        format!(" for {}", counted(days, "school day"))
                    }
                    LeaveOutcome::Refused => String::new(),
                };
                parted(&format!("leave {outcome}{days} by {by}"), &decision.reason)
            }
            Ending::Action(done) => {
                let action = match event {
                    CaseEvent::Meeting(meeting) => {
                        let place = usize::try_from(done.place).ok().and_then(|place| place.checked_sub(1));
                        place.and_then(|place| meeting.actions.get(place))
                    }
                    CaseEvent::Contact(_)
                    | CaseEvent::Visit(_)
                    | CaseEvent::Improvement(_)
                    | CaseEvent::Penalty(_)
                    | CaseEvent::Leave(_)
                    | CaseEvent::Support(_) => None,
                };
                let what = action.map_or("what was agreed", |action| action.what.as_str());
                parted(&format!("done as agreed on {}: {what}", day(event.on())), &done.words)
            }
        }
    }
}
