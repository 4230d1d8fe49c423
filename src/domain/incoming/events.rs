//! What files bring of a day's events: calls that were made, who came and went, messages to be read.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::PupilKey;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::message::Channel;
use crate::domain::people::contact::CallOutcome;

/// Whom a row is about, as far as it says: by a number of the school's, by one of an unknown kind, or in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Who {
    /// The numbers that are known for what they are.
    pub key: PupilKey,
    /// A number of the other system's, which may be an admission number or the pupil's number in that system.
    pub person_id: Option<String>,
    /// Who it may be, by name: "Amira Khan" or "Khan, Amira".
    pub names: Vec<String>,
    /// The tutor group beside the name.
    pub class: Option<String>,
}

impl Who {
    /// As the row has it: "Amira Khan, 8KM".
    pub fn describe(&self) -> String {
        let PupilKey { source_id, admission_no, upn } = &self.key;
        let numbers = [admission_no, upn, source_id, &self.person_id];
        let numbers = numbers.into_iter().flatten().next().filter(|_| self.names.is_empty()).into_iter();
        let words = numbers.chain(&self.names).map(String::as_str).collect::<Vec<_>>().join("; ");
        let class = self.class.as_deref().map(|class| format!(", {class}")).unwrap_or_default();
        format!("{words}{class}")
    }
}

/// A call that another system made, or a text that it sent, and what became of it. It gives no code: what was said is words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingCall {
    /// About whom.
    pub pupil: PupilKey,
    /// About which session.
    pub at: SessionDate,
    /// What became of it.
    pub outcome: CallOutcome,
    /// The contact, by name.
    pub contact: Option<String>,
    /// The number.
    pub number: Option<String>,
    /// When; school-local.
    pub time: Option<NaiveTime>,
    /// What was said.
    pub note: String,
}

/// Who came, or went out, on a date. Whether an arrival is late the clock says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingArrival {
    /// Who.
    pub who: Who,
    /// School-local date.
    pub date: NaiveDate,
    /// When they came.
    pub came: Option<NaiveTime>,
    /// When they went out.
    pub out: Option<NaiveTime>,
    /// The reason given, for coming late; for going out where they only did that.
    pub reason: Option<String>,
}

/// When a message was received.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Received {
    /// School-local.
    Local(NaiveDateTime),
    /// An instant, where the file says in which zone.
    At(DateTime<Utc>),
}

/// A message about a pupil. It is words, and waits until somebody has read it: no code is made of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingMessage {
    /// Whom it is about.
    pub who: Who,
    /// When it came.
    pub received: Received,
    /// By which way.
    pub channel: Channel,
    /// From whom: "Ms Khan, mother"; may be empty.
    pub by: String,
    /// From which number or address.
    pub number: Option<String>,
    /// The first day that it speaks of.
    pub from: Option<NaiveDate>,
    /// The last.
    pub until: Option<NaiveDate>,
    /// The reason that was chosen there; may be empty.
    pub reason: String,
    /// What it says, line by line.
    pub words: String,
}
