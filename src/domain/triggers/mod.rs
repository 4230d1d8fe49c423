//! Triggers: what a pupil's marks oblige the school to consider, each with the sessions that it rests on. Never stored: they are
//! worked out of the marks each time, and nothing is done of itself.

mod evidence;
mod first_week;
mod line;
mod no_reason;
mod penalty;
mod returned;
pub mod school_weeks;
mod sickness;
mod ten_days;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::calendar::session::SessionDate;
use super::cases::event::Party;
use super::cases::file::CaseFile;
use super::code::Code;
use super::counted::counted;
use super::people::pupil::PupilId;
pub use evidence::in_words;
use school_weeks::{PupilSession, SchoolWeeks};
pub use sickness::Illness;

/// What is met.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, IntoStaticStr, EnumString, VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum TriggerKind {
    /// Ten sessions of G, N, O or U within ten school weeks: the national threshold of a penalty notice.
    Penalty,
    /// Twenty sessions of G, N, O or U on end: the attendance return.
    TenDays,
    /// Fifteen school days of illness in the school year, had or expected: the sickness return.
    Sickness,
    /// Half of the possible sessions of the school year missed.
    Severe,
    /// A tenth of them missed.
    Persistent,
    /// Back after ten school days or more.
    Returned,
    /// At N for more than five school days.
    NoReason,
    /// A day or more missed of the first five of the school year.
    FirstWeek,
}

impl TriggerKind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: &[TriggerKind] = TriggerKind::VARIANTS;
    /// Those that the law or the national figures know.
    pub const STATUTORY: [TriggerKind; 5] = [
        TriggerKind::Penalty,
        TriggerKind::TenDays,
        TriggerKind::Sickness,
        TriggerKind::Severe,
        TriggerKind::Persistent,
    ];

    /// What it is in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            TriggerKind::Penalty => "penalty",
            TriggerKind::TenDays => "10 days",
            TriggerKind::Sickness => "sickness",
            TriggerKind::Severe => "severe",
            TriggerKind::Persistent => "persistent",
            TriggerKind::Returned => "returned",
            TriggerKind::NoReason => "no reason",
            TriggerKind::FirstWeek => "first week",
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether something of it goes to the local authority, by its sessions; else it is told in words.
    pub fn is_sent_off(self) -> bool {
        match self {
            TriggerKind::Penalty | TriggerKind::TenDays | TriggerKind::Sickness => true,
            TriggerKind::Severe
            | TriggerKind::Persistent
            | TriggerKind::Returned
            | TriggerKind::NoReason
            | TriggerKind::FirstWeek => false,
        }
    }

    /// Whether it is a share of the school year's sessions: many of them, as a rule.
    pub fn is_share(self) -> bool {
        matches!(self, TriggerKind::Severe | TriggerKind::Persistent)
    }

    /// What stands above a list of them.
    pub fn heading(self) -> &'static str {
        match self {
            TriggerKind::Penalty => "Penalty notice threshold: 10 sessions in 10 school weeks",
            TriggerKind::TenDays => "10 school days on end",
            TriggerKind::Sickness => "15 school days of illness, had or expected",
            TriggerKind::Severe => "Severely absent: half or more missed",
            TriggerKind::Persistent => "Persistently absent: a tenth or more missed",
            TriggerKind::Returned => "Back after 10 school days or more",
            TriggerKind::NoReason => "No reason after 5 school days",
            TriggerKind::FirstWeek => "A day or more missed in the first week",
        }
    }
}

/// A trigger that is met.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trigger {
    /// What.
    pub kind: TriggerKind,
    /// The date of the session that met it.
    pub met: NaiveDate,
    /// How many sessions it counts: those it rests on, and of illness those expected.
    pub sessions: usize,
    /// Of them those whose code will stay: not N, and not only expected.
    pub firm: usize,
    /// Why nothing can be sent off yet, in words; `None` where all is there.
    pub why_not: Option<String>,
    /// What else is to be known, in words; may be empty.
    pub note: String,
    /// The sessions it rests on, in order.
    pub evidence: Vec<PupilSession>,
}

impl Trigger {
    /// "10 sessions, 6 firm; not ready: 4 N in the window"; of what is not sent off, what is to be known of it.
    pub fn describe(&self) -> String {
        let sessions = || format!("{}, {} firm", counted(self.sessions, "session"), self.firm);
        match (self.kind.is_sent_off(), &self.why_not) {
            (true, None) => format!("{}; ready", sessions()),
            (true, Some(_)) => format!("{}; {}", sessions(), self.lacks()),
            (false, None) => self.note.clone(),
            (false, Some(why)) => format!("{}; {why}", self.note),
        }
    }

    /// What is missing before it can be sent off: "not ready: 4 N in the window"; empty where nothing is.
    pub fn lacks(&self) -> String {
        let why = self.why_not.as_ref().filter(|_| self.kind.is_sent_off());
        why.map(|why| format!("not ready: {why}")).unwrap_or_default()
    }

    /// What is to be known besides, where [`describe`](Trigger::describe) does not say it; may be empty.
    pub fn besides(&self) -> &str {
        if self.kind.is_sent_off() { &self.note } else { "" }
    }
}

/// A trigger, and whose it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PupilTrigger {
    /// Whose.
    pub pupil: PupilId,
    /// What is met.
    pub trigger: Trigger,
}

/// Put them in the order in which they are listed: kind by kind, the newest first, of one date as they are.
pub fn put_in_order(found: &mut [PupilTrigger]) {
    found.sort_by_key(|one| (one.trigger.kind, Reverse(one.trigger.met)));
}

/// What triggers are worked out of: one pupil's sessions, and what is known besides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PupilRecord<'a> {
    /// The school's weeks.
    pub weeks: &'a SchoolWeeks,
    /// As if this were today.
    pub on: NaiveDate,
    /// The dates of the school year on which the pupil is on roll.
    pub on_roll: Range<NaiveDate>,
    /// The pupil's sessions up to `on`, in order.
    pub sessions: Vec<PupilSession>,
    /// Reports of illness that speak of several days, known by `on`.
    pub illness: &'a [Illness],
    /// Sessions inside a notice that was issued: they never count towards another.
    pub locked: &'a [SessionDate],
    /// Whether the pupil is of compulsory school age.
    pub is_of_school_age: bool,
    /// What was done with the family; `None` where that is not asked.
    pub family: Option<Family<'a>>,
}

/// What was done with a pupil's family.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Family<'a> {
    /// The case file.
    pub file: &'a CaseFile,
    /// To whom letters go.
    pub parents: Vec<Party>,
}

impl PupilRecord<'_> {
    /// The sessions of this school year.
    fn this_year(&self) -> &[PupilSession] {
        let first = self.sessions.partition_point(|one| one.at.date < self.weeks.year);
        self.sessions.get(first..).unwrap_or_default()
    }
}

/// Every trigger that the pupil meets, in the order of the kinds and of the dates.
pub fn triggers(record: &PupilRecord<'_>) -> Vec<Trigger> {
    let mut found = Vec::new();
    found.extend(penalty::met(record));
    found.extend(ten_days::met(record));
    found.extend(sickness::met(record));
    found.extend(line::met(record));
    found.extend(returned::met(record));
    found.extend(no_reason::met(record));
    found.extend(first_week::met(record));
    found
}

/// How far the pupil is from what they do not meet, in words.
pub fn distances(record: &PupilRecord<'_>) -> Vec<(TriggerKind, String)> {
    let told = [
        (TriggerKind::Penalty, penalty::distance(record)),
        (TriggerKind::TenDays, ten_days::distance(record)),
        (TriggerKind::Sickness, sickness::distance(record)),
        (TriggerKind::Persistent, line::distance(record)),
    ];
    told.into_iter().filter_map(|(kind, told)| Some((kind, told?))).collect()
}

/// Those of `sessions` that have not this code.
fn without(sessions: &[PupilSession], code: Code) -> usize {
    sessions.iter().filter(|one| !one.has(code)).count()
}

/// "2 sessions without a mark"; `None` where there is none.
fn some_counted(count: usize, one: &str) -> Option<String> {
    (count > 0).then(|| counted(count, one))
}

/// The parts that say something, apart by semicolons.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// "Thu 27 Nov".
fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}
