//! A document for others: what it is called, whose past it needs, and how it is made. Each is a constant in a file of its own.

use chrono::NaiveTime;
use hashbrown::HashMap;

use super::document::Document;
use crate::domain::act::disclosure::Disclosure;
use crate::domain::calendar::session::Session;
use crate::domain::day::{Day, Past};
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::people::pupil::PupilId;

/// A document for others, ready to print or paste.
#[derive(Debug)]
pub struct DocumentKind {
    /// Its word on the command line: "dsl".
    pub word: &'static str,
    /// What it holds and for whom, for help.
    pub about: &'static str,
    /// Its title on the screen; the pupil it is about stands behind it.
    pub title: &'static str,
    /// As which it is recorded when it is shown: "list for the DSL".
    pub recorded_as: &'static str,
    /// The pupils whose earlier days it needs, up to the current session.
    pub needs_past_of: fn(&Day, Session) -> Vec<PupilId>,
    /// The document at a moment; `None` if it needs a pupil and none is named.
    pub at: fn(&Moment<'_>) -> Option<Document>,
}

/// The input of a document.
pub struct Moment<'a> {
    /// The day.
    pub day: &'a Day,
    /// The current session.
    pub session: Session,
    /// Now, school-local.
    pub now: NaiveTime,
    /// What came before today, of whom it is known.
    pub pasts: &'a HashMap<PupilId, Past>,
    /// The pupil it is about, if it is about one.
    pub pupil: Option<PupilId>,
    /// What files leave to be decided, if it is known.
    pub files: Option<&'a FilesWaiting>,
}

impl DocumentKind {
    /// The disclosure to record before it is shown; about one pupil, or several.
    pub fn disclosure(&self, pupil: Option<PupilId>) -> Disclosure {
        Disclosure::export(self.recorded_as, pupil)
    }
}

impl PartialEq for DocumentKind {
    fn eq(&self, other: &DocumentKind) -> bool {
        self.word == other.word
    }
}

impl Eq for DocumentKind {}

/// For documents that need no earlier days.
pub fn nobody(_: &Day, _: Session) -> Vec<PupilId> {
    Vec::new()
}
