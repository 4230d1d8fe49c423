//! Protected data that was shown to somebody, and is recorded for that reason: a masked number, the card of a vulnerable pupil, a
//! list that leaves the office. No act: it changes nothing, and is not taken back.

use chrono::NaiveDateTime;
use strum::{EnumString, IntoStaticStr, VariantArray};

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

/// What is about to be shown; it is recorded first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disclosure {
    /// What kind of thing.
    pub shown: Shown,
    /// Whose, if it is one pupil's.
    pub pupil: Option<PupilId>,
    /// Which, in words without anything secret: "contact 2", "list for the DSL".
    pub what: String,
}

impl Disclosure {
    /// A text for somebody else, named by `what`; about one pupil, or several.
    pub fn export(what: &str, pupil: Option<PupilId>) -> Disclosure {
        Disclosure { shown: Shown::Export, pupil, what: what.to_owned() }
    }
}

/// One that was recorded.
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
