//! What one entry of the journal holds: an act of an officer, or what the program did on their behalf.

use chrono::NaiveDate;

use super::{Act, Other};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;

/// What one entry of the journal holds.
pub enum JournalEntry {
    /// An act.
    Act(Box<Act>),
    /// An import, a PIN, years made up.
    Other(Other),
}

impl JournalEntry {
    /// That of the JSON it is kept as; `None` where a newer version wrote it.
    pub fn read(json: &str) -> Option<JournalEntry> {
        let act = serde_json::from_str(json).ok().map(JournalEntry::Act);
        act.or_else(|| serde_json::from_str(json).ok().map(JournalEntry::Other))
    }

    /// Itself in a few words for the day log.
    pub fn describe(&self, roll: &Roll) -> String {
        match self {
            JournalEntry::Act(act) => act.describe(roll),
            JournalEntry::Other(other) => other.describe(),
        }
    }

    /// The date of the mark that it amended, if it amended one.
    pub fn date_amended(&self) -> Option<NaiveDate> {
        let JournalEntry::Act(act) = self else { return None };
        let Act::Amend(amend) = &**act else { return None };
        Some(amend.at.date)
    }

    /// Itself in fewer words, for a sentence: "import of pupils.csv".
    pub fn title(&self, roll: &Roll) -> String {
        match self {
            JournalEntry::Act(act) => act.describe(roll),
            JournalEntry::Other(other) => other.title(),
        }
    }

    /// What it changed of the school's set-up, one by one: each value, as it was and as it is.
    pub fn changes(&self) -> Vec<String> {
        match self {
            JournalEntry::Act(act) => act.changes(),
            JournalEntry::Other(other) => other.changes().to_vec(),
        }
    }

    /// The pupils it names.
    pub fn pupils(&self) -> Vec<PupilId> {
        match self {
            JournalEntry::Act(act) => act.pupils(),
            JournalEntry::Other(_) => Vec::new(),
        }
    }

    /// Whether it can be taken back.
    pub fn can_undo(&self) -> bool {
        match self {
            JournalEntry::Act(_) => true,
            JournalEntry::Other(other) => other.can_undo(),
        }
    }
}
