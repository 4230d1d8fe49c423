//! Planned acts: what somebody at the school does, and when.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::act::{Officer, TakenBy};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::message::Channel;
use crate::domain::facts::presence::Way;
use crate::domain::facts::promise::Promise;
use crate::domain::facts::register::ChaseMethod;
use crate::domain::facts::search::SearchOutcome;
use crate::domain::people::contact::CallOutcome;

/// One act of the morning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Planned {
    /// When, school-local; what was known beforehand has an earlier date.
    pub at: NaiveDateTime,
    /// Who does it, and at which desk.
    pub who: Officer,
    /// What.
    pub act: PlannedAct,
}

/// An [`Act`](crate::domain::act::Act) before the record has numbers for anybody: pupils are places in
/// [`MadeSchool::pupils`](super::MadeSchool::pupils), tutor groups go by name, contacts by their place in the calling order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlannedAct {
    /// Somebody reports an absence, or it was planned.
    ReportAbsence {
        /// Whose.
        pupils: Vec<usize>,
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
        channel: Channel,
    },
    /// A register is handed in.
    TakeRegister {
        /// Whose register.
        group: String,
        /// Which session.
        at: SessionDate,
        /// By whom.
        by: TakenBy,
        /// The marks; pupils left out stay blank.
        marks: Vec<(usize, Mark)>,
    },
    /// A pupil comes in late.
    LogArrival {
        /// Who.
        pupil: usize,
        /// School-local date.
        date: NaiveDate,
        /// School-local time.
        time: NaiveTime,
        /// The reason given.
        reason: Option<String>,
    },
    /// Somebody else takes a group's register today.
    Cover {
        /// Whose register.
        group: String,
        /// Which session.
        at: SessionDate,
        /// Who takes it.
        teacher: String,
    },
    /// A register is chased.
    Chase {
        /// Whose register.
        group: String,
        /// Which session.
        at: SessionDate,
        /// How.
        method: ChaseMethod,
    },
    /// A contact is rung.
    LogCall {
        /// About whom.
        pupil: usize,
        /// Place of the contact in the calling order, from 1.
        contact: i64,
        /// About which session.
        at: SessionDate,
        /// What became of it.
        outcome: CallOutcome,
        /// The code it gave, if any.
        code: Option<Code>,
        /// In words.
        note: String,
        /// When to ring again.
        call_back: Option<NaiveTime>,
        /// Siblings the call speaks for.
        covers: Vec<usize>,
    },
    /// Somebody says what will happen, and gives no reason for the absence.
    LogPromise {
        /// About whom.
        pupil: usize,
        /// About which session.
        at: SessionDate,
        /// What was promised, and for when.
        promise: Promise,
        /// Who promised it.
        by: String,
        /// What was said.
        words: String,
        /// By which way.
        channel: Channel,
    },
    /// The office amends a mark.
    Amend {
        /// Whose.
        pupil: usize,
        /// Which session.
        at: SessionDate,
        /// To what.
        code: Code,
        /// Why.
        reason: String,
    },
    /// A lesson's register is handed in.
    TakeLesson {
        /// The period, by its name.
        period: String,
        /// The class.
        class: String,
        /// By whom.
        by: TakenBy,
        /// The marks.
        marks: Vec<(usize, Mark)>,
    },
    /// A pupil goes out of the building, or comes back, there and then.
    Move {
        /// Who.
        pupil: usize,
        /// Which way.
        way: Way,
        /// Why.
        reason: String,
    },
    /// A pupil is looked for, there and then.
    Sight {
        /// Who.
        pupil: usize,
        /// Seen, or not.
        seen: bool,
        /// Where.
        place: String,
    },
    /// A provider says whether pupils are there.
    Confirm {
        /// Who.
        pupils: Vec<usize>,
        /// Which session.
        at: SessionDate,
        /// There, or not.
        there: bool,
        /// Who said so.
        said_by: String,
    },
    /// A search is opened.
    OpenSearch {
        /// For whom.
        pupil: usize,
        /// Where the pupil was last seen.
        last_seen: String,
    },
    /// Something is noted on a search.
    NoteSearch {
        /// For whom.
        pupil: usize,
        /// What.
        words: String,
    },
    /// A search is over.
    EndSearch {
        /// For whom.
        pupil: usize,
        /// What came of it.
        outcome: SearchOutcome,
        /// Where, or to whom.
        words: String,
    },
    /// A pupil is put on the watch list.
    Watch {
        /// Whom.
        pupil: usize,
        /// Why.
        reason: String,
        /// Last day of it.
        until: Option<NaiveDate>,
        /// When it is looked at again.
        review: Option<NaiveDate>,
    },
    /// A pupil is taken off the watch list.
    Unwatch {
        /// Whom.
        pupil: usize,
    },
}
