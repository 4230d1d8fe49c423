//! The kinds of fact in a pupil's day. Code that needs one kind uses `try_as_…`; a match names every kind.

#![expect(missing_docs, reason = "the derived methods say by their names what they do")]

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use strum::EnumTryAs;

use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::evidence::{Evidence, Mark, clock};
use crate::domain::facts::lesson::Lesson;
use crate::domain::facts::presence::{Confirmation, Movement, Sighting};
use crate::domain::facts::taken_by::TakenBy;

/// One register's mark of the pupil.
#[derive(Clone, Copy, Debug)]
pub struct RegisterMark<'a> {
    /// Which session.
    pub session: Session,
    /// The mark.
    pub mark: Mark,
    /// Who took it; `None` where nobody signed it.
    pub taken_by: Option<&'a TakenBy>,
    /// When it came in, school-local; `None` of a mark that came without its register, as an imported one.
    pub at: Option<NaiveDateTime>,
    /// The date it is of.
    pub date: NaiveDate,
}

impl RegisterMark<'_> {
    /// " 08:50", with the blank before it; nothing where nobody knows, or it came in on another day.
    pub fn clock(&self) -> String {
        self.at.filter(|at| at.date() == self.date).map(|at| format!(" {}", clock(at.time()))).unwrap_or_default()
    }
}

/// What a fact is.
#[derive(Clone, Copy, Debug, EnumTryAs)]
pub enum What<'a> {
    /// The register of a session.
    Register(RegisterMark<'a>),
    /// Logged in at the gate or in the office.
    Arrival(&'a Evidence),
    /// A lesson's register, and when the lesson begins: it speaks of where the pupil is, never of the session's mark.
    Lesson(&'a Lesson, Mark, NaiveTime),
    /// Out of the building.
    Departure(&'a Movement),
    /// Back in the building.
    Return(&'a Movement),
    /// Looked for: seen or not.
    Sighting(&'a Sighting),
    /// What a provider says of a pupil who is due with them.
    Answer(&'a Confirmation),
    /// Reported by somebody, or arranged by the school: which of the two, the code says.
    Reported(&'a Evidence, Code),
    /// The office decided the mark of a session.
    Decision(&'a Evidence, Mark),
}
