//! What was shown to somebody that is not shown to everybody, and put down for that reason: a masked number, the card of a
//! vulnerable pupil, a list that leaves the office. No act: it changes nothing, and is not taken back.

use strum::{EnumString, IntoStaticStr, VariantArray};

use chrono::NaiveDateTime;

use super::permission::Matter;
use crate::domain::people::pupil::PupilId;

/// What kind of thing was shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Shown {
    /// A contact's number, masked until then.
    Number,
    /// The card of a vulnerable pupil.
    Card,
    /// A list or a text for somebody else, a copy of the file, an answer to a question in SQL.
    Export,
}

impl Shown {
    /// Every kind.
    pub const ALL: &[Shown] = Shown::VARIANTS;

    /// What it is of, and so for whom.
    pub fn matter(self) -> Matter {
        match self {
            Shown::Number => Matter::Numbers,
            Shown::Card => Matter::Card,
            Shown::Export => Matter::Export,
        }
    }

    /// The word it is stored and said by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The kind stored as `word`.
    pub fn parse(word: &str) -> Option<Shown> {
        word.parse().ok()
    }
}

/// A text for somebody else, whether the screen shows it or a command prints it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Export {
    /// The vulnerable who are unexplained.
    Dsl,
    /// Persistent absentees who are absent.
    Pastoral,
    /// The day's lates.
    Lates,
    /// What is open, for whoever takes the desk over.
    HandOver,
    /// One pupil's day.
    Cpoms,
    /// One pupil's amendment record.
    Amendments,
    /// An answer to a question in SQL.
    Answer,
    /// A copy of the file.
    Copy,
}

impl Export {
    /// As it is put down.
    pub fn says(self) -> &'static str {
        match self {
            Export::Dsl => "list for the DSL",
            Export::Pastoral => "list for the pastoral team",
            Export::Lates => "list for heads of year",
            Export::HandOver => "hand-over",
            Export::Cpoms => "text for CPOMS",
            Export::Amendments => "amendment record",
            Export::Answer => "answer to a question in SQL",
            Export::Copy => "copy of the file",
        }
    }

    /// That it is about to be shown; about one pupil, or several.
    pub fn of(self, pupil: Option<PupilId>) -> Disclosure {
        Disclosure { shown: Shown::Export, pupil, what: self.says().to_owned() }
    }
}

/// What is about to be shown; it is put down first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disclosure {
    /// What kind of thing.
    pub shown: Shown,
    /// Whose, if it is one pupil's.
    pub pupil: Option<PupilId>,
    /// Which, in words without anything secret: "contact 2", "list for the DSL".
    pub what: String,
}

/// One that was put down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disclosed {
    /// What was shown.
    pub disclosure: Disclosure,
    /// To whom.
    pub who: String,
    /// At which desk.
    pub desk: String,
    /// By which login; `None` from before it was kept.
    pub login: Option<String>,
    /// When, school-local.
    pub at: NaiveDateTime,
}
