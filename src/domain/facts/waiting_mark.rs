//! Marks of files that are no code, and wait until somebody says what they mean.

use chrono::NaiveDateTime;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;

/// One mark that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingMark {
    /// The row that holds it.
    pub row: i64,
    /// The import that brought it.
    pub act: ActId,
    /// By whom.
    pub brought_by: String,
    /// When, school-local.
    pub at: NaiveDateTime,
    /// The file it stood in, without its folder.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub of: SessionDate,
    /// The mark as it stood.
    pub raw: String,
    /// Minutes late beside it.
    pub minutes: Option<i64>,
    /// Who took the register, where the file says.
    pub taken_by: Option<String>,
}

/// What a mark of files stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkMeaning {
    /// The mark as files have it.
    pub raw: String,
    /// The code.
    pub code: Code,
    /// The act that said so.
    pub act: ActId,
    /// By whom.
    pub by: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}
