//! A line of a chronology.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::desk::answer::Row;
use crate::cli::text::{clock, sentence};
use crate::domain::cases::chronology::{Line, LineKind};

/// One line.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LineFacts {
    date: NaiveDate,
    time: Option<String>,
    kind: LineKind,
    /// Who put it down; empty for absences.
    who: String,
    /// With whom of the family; may be empty.
    with: String,
    what: String,
    /// The act that it comes from.
    act: i64,
}

impl LineFacts {
    /// The facts of a line.
    pub fn of(line: Line) -> LineFacts {
        LineFacts {
            date: line.date,
            time: line.time.map(clock),
            kind: line.kind,
            who: line.who,
            with: line.with,
            what: line.what,
            act: line.act.0,
        }
    }
}

impl Row for LineFacts {
    /// "2026-11-24 09:31 meeting, with Mrs Khan: attendance panel: ..., by S Marsh, act 31."
    fn lines(&self) -> Vec<String> {
        let time = self.time.as_ref().map(|time| format!(" {time}")).unwrap_or_default();
        let with = if self.with.is_empty() { String::new() } else { format!(", with {}", self.with) };
        let by = if self.who.is_empty() { String::new() } else { format!("by {}", self.who) };
        // Minutes of several lines are one here.
        let what = self.what.replace('\n', " / ");
        let text = format!("{}{time}{with}: {what}", self.date);
        vec![sentence([text, by, format!("act {}", self.act)])]
    }
}
