//! Searches: a pupil who should be in the building and is not where they should be, looked for by named people until found or
//! handed on.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;

/// One search, with everything that anybody noted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// The act that opened it: what notes and the end refer to.
    pub act: ActId,
    /// Who is looked for.
    pub pupil: PupilId,
    /// When it was opened, school-local.
    pub opened: NaiveDateTime,
    /// By whom.
    pub who: String,
    /// Last seen where and when, in words.
    pub last_seen: String,
    /// Notes, oldest first.
    pub notes: Vec<SearchNote>,
    /// How it ended; `None` while it goes on.
    pub ended: Option<SearchEnd>,
}

/// A note from any desk: "toilets, no".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchNote {
    /// School-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
    /// In words.
    pub words: String,
}

/// How a search ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchEnd {
    /// Found, or handed on.
    pub outcome: SearchOutcome,
    /// Where the pupil was found: on site or elsewhere. Older records do not say.
    pub found: Option<FoundWhere>,
    /// Where, or to whom, in words.
    pub words: String,
    /// School-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
}

/// What became of a search.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SearchOutcome {
    /// The pupil was found.
    Found,
    /// Not found: handed on to the DSL, the parents or the police.
    Escalated,
}

/// Where a pupil was found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FoundWhere {
    /// In the building or on its grounds: a sighting.
    OnSite,
    /// Anywhere else: at home, in town.
    Elsewhere,
}

impl SearchOutcome {
    /// The word it is stored and said by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The same, and that it was not in school: "found elsewhere".
    pub fn how(self, found: Option<FoundWhere>) -> &'static str {
        match (self, found) {
            (SearchOutcome::Found, Some(FoundWhere::Elsewhere)) => "found elsewhere",
            _ => self.as_str(),
        }
    }
}

impl SearchEnd {
    /// "found", "found elsewhere" or "escalated".
    pub fn how(&self) -> &'static str {
        self.outcome.how(self.found)
    }

    /// Whether the pupil was found, and not in school.
    pub fn is_elsewhere(&self) -> bool {
        self.outcome == SearchOutcome::Found && self.found == Some(FoundWhere::Elsewhere)
    }
}

impl Search {
    /// Whether anybody is still looking.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// All that is known of it, a line each, oldest first: "09:20 toilets (S Marsh)".
    pub fn lines(&self) -> Vec<String> {
        let line = |at: NaiveDateTime, words: &str, who: &str| format!("{} {words} ({who})", at.format("%H:%M"));
        let opened = line(self.opened, &format!("last seen {}", self.last_seen), &self.who);
        let notes = self.notes.iter().map(|note| line(note.at, &note.words, &note.who));
        let ended = self.ended.iter().map(|end| {
            let words = format!("{}: {}", end.how().to_uppercase(), end.words);
            line(end.at, &words, &end.who)
        });
        std::iter::once(opened).chain(notes).chain(ended).collect()
    }

    /// The last thing known, in words: a note, or where the pupil was last seen.
    pub fn last_word(&self) -> &str {
        match (&self.ended, self.notes.last()) {
            (Some(end), _) => &end.words,
            (None, Some(note)) => &note.words,
            (None, None) => &self.last_seen,
        }
    }
}
