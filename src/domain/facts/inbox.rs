//! Messages of files, which wait until somebody has read them. They are words, and never a mark.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::act_id::ActId;
use crate::domain::facts::message::Channel;
use crate::domain::people::pupil::PupilId;

/// One message that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxMessage {
    /// The number by which it is read.
    pub number: i64,
    /// The import that brought it.
    pub act: ActId,
    /// The file it stood in, without its folder.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The date on which it came; school-local.
    pub date: NaiveDate,
    /// The time.
    pub time: NaiveTime,
    /// By which way.
    pub channel: Channel,
    /// Whom it is about; `None` where that is not sure.
    pub pupil: Option<PupilId>,
    /// Whom it is about, in the file's words.
    pub about: String,
    /// From whom; may be empty.
    pub by: String,
    /// From which number or address.
    pub from: Option<String>,
    /// The first day that it speaks of.
    pub first_day: Option<NaiveDate>,
    /// The last.
    pub last_day: Option<NaiveDate>,
    /// The reason that was chosen there; may be empty.
    pub reason: String,
    /// What it says, line by line.
    pub words: String,
}
