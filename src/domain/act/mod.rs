//! Acts: what an officer does to the record, and the answers an act can get.

mod deed;
mod officer;
mod other;
mod refusal;
mod searching;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::act_id::ActId;
use super::calendar::session::SessionDate;
use super::code::Code;
use super::facts::evidence::Mark;
use super::facts::late_step::LateStep;
use super::facts::lesson::LessonId;
use super::facts::message::Channel;
use super::facts::presence::Way;
use super::facts::promise::Promise;
use super::facts::puzzle::Puzzle;
use super::facts::register::{ChaseMethod, ON_PAPER};
use super::facts::search::{FoundWhere, SearchOutcome};
use super::people::contact::{CallOutcome, ContactId};
use super::people::pupil::{GroupId, PupilId};
use super::school::School;
pub use deed::SET_UP;
pub use officer::{Officer, When};
pub use other::Other;
pub use refusal::Refusal;

/// Who took a register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenBy {
    /// The tutor or cover teacher, by name.
    Teacher(String),
    /// Typed in the office from the teacher's paper.
    Paper(String),
}

impl TakenBy {
    /// The words the record keeps: "Mr Webb", or "Mr Webb, on paper".
    pub fn says(&self) -> String {
        match self {
            TakenBy::Teacher(name) => name.clone(),
            TakenBy::Paper(name) => format!("{name}{ON_PAPER}"),
        }
    }
}

/// What one call said of another child of the household, where it said something else of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Theirs {
    /// Of whom; one the call covers.
    pub pupil: PupilId,
    /// What became of it.
    pub outcome: CallOutcome,
    /// A code for the absence, if the call gave a reason.
    pub code: Option<Code>,
}

/// What an officer does to the record. Every act names its pupils; none depends on what is chosen on a screen.
///
/// `saw` is the revision of the pupil-session the officer was looking at ([`ActId`] of its last change): where it has moved,
/// the act is refused with both values.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Enter or amend a mark by office decision.
    Amend {
        /// Whose.
        pupil: PupilId,
        /// Which session.
        at: SessionDate,
        /// To what.
        code: Code,
        /// Minutes late, with L or U; `None` leaves the rule's own.
        minutes: Option<i64>,
        /// Why. Required once the register has closed.
        reason: String,
        /// Revision seen.
        saw: ActId,
    },
    /// A pupil arrived.
    LogArrival {
        /// Who.
        pupil: PupilId,
        /// School-local date.
        date: NaiveDate,
        /// School-local time.
        time: NaiveTime,
        /// The reason given.
        reason: Option<String>,
        /// What it is to count as, whatever the clock makes of it: present, L or U, for the reason given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<Code>,
    },
    /// A late was followed through.
    FollowLate {
        /// Whose.
        pupils: Vec<PupilId>,
        /// Late for which session.
        at: SessionDate,
        /// What was done.
        step: LateStep,
        /// What was said, or which sanction.
        words: String,
    },
    /// Somebody reported an absence.
    ReportAbsence {
        /// Whose.
        pupils: Vec<PupilId>,
        /// The code given to it.
        code: Code,
        /// First session.
        from: SessionDate,
        /// Last session.
        until: SessionDate,
        /// Who reported it.
        by: String,
        /// What was said.
        words: String,
        /// By which way.
        #[serde(default)]
        channel: Channel,
        /// Evidence seen: "appointment card"; may be empty.
        #[serde(default)]
        seen: String,
        /// When the pupil is expected back.
        #[serde(default)]
        back: Option<NaiveDate>,
    },
    /// Somebody told the school what will happen today, and gave no reason.
    LogPromise {
        /// About whom.
        pupils: Vec<PupilId>,
        /// About which session.
        at: SessionDate,
        /// What was promised, and for when.
        promise: Promise,
        /// Who told us.
        by: String,
        /// What was said.
        words: String,
        /// By which way.
        channel: Channel,
    },
    /// A call to a contact.
    LogCall {
        /// About whom.
        pupil: PupilId,
        /// The contact rung.
        contact: Option<ContactId>,
        /// The number rung; without it the one of the contact's that is rung first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// About which session.
        at: SessionDate,
        /// What became of it.
        outcome: CallOutcome,
        /// A code for the absence, if the call gave a reason.
        code: Option<Code>,
        /// The last day of the absence, where the call said one; without it the code is for the rest of the day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        /// In words.
        note: String,
        /// When to ring again.
        call_back: Option<NaiveTime>,
        /// Others of the household the same call speaks for.
        covers: Vec<PupilId>,
        /// Those of them of whom something else was said; of the rest the same was.
        #[serde(default)]
        theirs: Vec<Theirs>,
        /// Revision seen of each pupil's session.
        saw: Vec<(PupilId, ActId)>,
        /// Why somebody was rung who must not be contacted; without it such a call is refused.
        #[serde(default)]
        despite: Option<String>,
    },
    /// A contact must not be contacted about a pupil.
    Bar {
        /// About whom.
        pupil: PupilId,
        /// The contact.
        contact: ContactId,
        /// Why: "court order".
        reason: String,
    },
    /// A contact may be contacted again.
    LiftBar {
        /// About whom.
        pupil: PupilId,
        /// The contact.
        contact: ContactId,
        /// Why.
        reason: String,
    },
    /// An event on the ladder: the DSL told, a visit made.
    TakeStep {
        /// About whom.
        pupils: Vec<PupilId>,
        /// About which session.
        at: SessionDate,
        /// The step, as the ladder names it.
        step: String,
        /// To whom, and what was said.
        words: String,
    },
    /// Settle marks that have stood at N too long, each as it was seen (reg 10(7)-(9)).
    SettleAged {
        /// Whose, which session, and the revision seen.
        marks: Vec<(PupilId, SessionDate, ActId)>,
        /// To what: O, where no reason was found.
        code: Code,
        /// Why.
        reason: String,
    },
    /// A contradiction was looked at, and left as the marks stand.
    Decide {
        /// About whom.
        pupil: PupilId,
        /// Which session.
        at: SessionDate,
        /// Which kind.
        puzzle: Puzzle,
        /// What was made of it.
        reason: String,
    },
    /// The school's settings were changed: its times, its staff and their roles, who may enter which code.
    ChangeSettings {
        /// As they were.
        from: Box<School>,
        /// As they are to be.
        to: Box<School>,
    },
    /// A register was chased.
    Chase {
        /// Whose register.
        group: GroupId,
        /// Which session.
        at: SessionDate,
        /// How.
        method: ChaseMethod,
    },
    /// A register is not to be chased before a time.
    Snooze {
        /// Whose register.
        group: GroupId,
        /// Which session.
        at: SessionDate,
        /// Until when, school-local time of that date.
        until: NaiveTime,
    },
    /// Somebody covers a register, or it is taken in another room.
    Cover {
        /// Whose register.
        group: GroupId,
        /// Which session.
        at: SessionDate,
        /// Who takes it; `None` for the tutor after all.
        teacher: Option<String>,
        /// Where; `None` for the usual room.
        room: Option<String>,
    },
    /// A lesson's register was chased.
    ChaseLesson {
        /// Which lesson.
        lesson: LessonId,
        /// How.
        method: ChaseMethod,
    },
    /// A lesson's register was handed in, whole or in part.
    TakeLesson {
        /// Which lesson.
        lesson: LessonId,
        /// By whom.
        by: TakenBy,
        /// The marks in it; pupils left out stay as they are.
        marks: Vec<(PupilId, Mark)>,
    },
    /// Out of the building during the day, or back in.
    Move {
        /// Who.
        pupil: PupilId,
        /// School-local date.
        date: NaiveDate,
        /// School-local time.
        time: NaiveTime,
        /// Which way.
        way: Way,
        /// Why.
        reason: String,
    },
    /// Looked for by a member of staff: seen there, or not.
    Sight {
        /// Who.
        pupil: PupilId,
        /// School-local date.
        date: NaiveDate,
        /// School-local time.
        time: NaiveTime,
        /// Seen, or not seen.
        seen: bool,
        /// Where they were looked for.
        place: String,
    },
    /// What a provider says of pupils who are due with them.
    Confirm {
        /// Who.
        pupils: Vec<PupilId>,
        /// Which session.
        at: SessionDate,
        /// Whether they are there.
        there: bool,
        /// Who said so, at the provider.
        said_by: String,
    },
    /// A pupil is looked for.
    OpenSearch {
        /// Who.
        pupil: PupilId,
        /// School-local date.
        date: NaiveDate,
        /// Last seen where and when.
        last_seen: String,
    },
    /// A note on a search, from any desk.
    NoteSearch {
        /// The act that opened it.
        search: ActId,
        /// Who is looked for.
        pupil: PupilId,
        /// In words.
        words: String,
    },
    /// A search is over.
    EndSearch {
        /// The act that opened it.
        search: ActId,
        /// Who was looked for.
        pupil: PupilId,
        /// Found, or handed on.
        outcome: SearchOutcome,
        /// Of who was found: on site, which is a sighting, or elsewhere. Older records do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        found: Option<FoundWhere>,
        /// Where, or to whom.
        words: String,
    },
    /// A register was handed in, whole or in part.
    TakeRegister {
        /// Whose register.
        group: GroupId,
        /// Which session.
        at: SessionDate,
        /// By whom.
        by: TakenBy,
        /// The marks in it; pupils left out stay blank.
        marks: Vec<(PupilId, Mark)>,
    },
    /// Put a pupil on the watch list.
    Watch {
        /// Whom.
        pupil: PupilId,
        /// Why.
        reason: String,
        /// Last day of it.
        until: Option<NaiveDate>,
        /// Who sees to it; `None` for whoever asks.
        #[serde(default)]
        owner: Option<String>,
        /// The date it is looked at again.
        #[serde(default)]
        review: Option<NaiveDate>,
        /// The act that put the pupil there, where this takes its place.
        #[serde(default)]
        instead: Option<ActId>,
    },
    /// Take a pupil off the watch list.
    Unwatch {
        /// Whom.
        pupil: PupilId,
    },
    /// Take back an earlier act. Undoing an undo does it again.
    Undo {
        /// Which.
        act: ActId,
    },
}

/// What became of an act that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Its number in the journal.
    pub act: ActId,
    /// What it did, in words for the status line: "Khan, Amira 8KM: L 17 min, gate 08:57 beats tutor N 08:50".
    pub says: String,
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
}

pub mod disclosure;
pub mod permission;
pub mod tape;
#[cfg(test)]
mod tests;
pub mod told;
