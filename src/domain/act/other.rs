//! What the journal holds beside the acts of the office. Of it, only imports can be taken back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::counted::counted;
use crate::domain::facts::handback::Form;

/// Something journalled that is no [`Act`](super::Act).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Other {
    /// Files were brought in.
    Import {
        /// Their names, without folders.
        files: Vec<String>,
        /// How many of each kind: "pupils: 4 new".
        counts: Vec<String>,
        /// What changed of what was known, in words.
        changes: Vec<String>,
        /// Values of contacts as they were, whole; shown nowhere.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kept: Vec<String>,
        /// Rows that were refused; of an import from before they were counted none.
        #[serde(default, skip_serializing_if = "is_none")]
        refused: usize,
        /// Rows that were to be looked at.
        #[serde(default, skip_serializing_if = "is_none")]
        warned: usize,
        /// Whether what it changed is kept, so that it can be taken back; not of an import from before that was.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        can_undo: bool,
    },
    /// A file of a folder that feeds itself was refused.
    FileRefused {
        /// Its name, without its folder.
        file: String,
        /// Why, in a sentence that names it.
        why: String,
        /// How many of its rows were refused; none where it could not be read at all.
        #[serde(default, skip_serializing_if = "is_none")]
        refused: usize,
    },
    /// A login's PIN was set. The PIN itself is nowhere.
    PinSet {
        /// Whose.
        login: String,
    },
    /// A login's PIN was forgotten, for another to be set.
    PinForgotten {
        /// Whose.
        login: String,
    },
    /// Years of marks of a school that is made up.
    History {},
    /// Changes of marks were handed back to the system that the roll comes from.
    Handback {
        /// The number of the hand-back.
        number: i64,
        /// In what form.
        form: Form,
        /// In whose columns, if in those of a profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        profile: Option<String>,
        /// How many.
        marks: usize,
    },
    /// What was past keeping was removed.
    Cleared {
        /// The last date that it was about.
        until: NaiveDate,
        /// How many rows of each kind: "marks: 1200".
        counts: Vec<String>,
    },
}

/// Nothing is written of what did not happen.
fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Other {
    /// The word it is journalled under.
    pub fn kind(&self) -> &'static str {
        match self {
            Other::Import { .. } => "import",
            Other::FileRefused { .. } => "file-refused",
            Other::PinSet { .. } | Other::PinForgotten { .. } => "pin",
            Other::History {} => "history",
            Other::Handback { .. } => "handback",
            Other::Cleared { .. } => "retention",
        }
    }

    /// Itself in a few words.
    pub fn describe(&self) -> String {
        match self {
            Other::Import { counts, .. } => format!("{}: {}", self.title(), counts.join(", ")),
            Other::FileRefused { why, .. } => format!("file refused: {why}"),
            Other::PinSet { login } => format!("PIN of {login} set"),
            Other::PinForgotten { login } => format!("PIN of {login} forgotten"),
            Other::History {} => "years of marks made up".to_owned(),
            Other::Handback { number, marks, .. } => format!("hand-back {number}: {}", counted(*marks, "mark")),
            Other::Cleared { until, counts } => {
                format!("removed what was past keeping, up to {until}: {}", counts.join(", "))
            }
        }
    }

    /// Itself in fewer words: "import of pupils.csv".
    pub fn title(&self) -> String {
        match self {
            Other::Import { files, .. } if !files.is_empty() => format!("import of {}", files.join(", ")),
            Other::Import { .. } => "import".to_owned(),
            Other::Cleared { until, .. } => format!("removal of what was past keeping, up to {until}"),
            Other::FileRefused { file, .. } => format!("refusal of {file}"),
            Other::Handback { number, .. } => format!("hand-back {number}"),
            Other::PinSet { .. } | Other::PinForgotten { .. } | Other::History {} => self.describe(),
        }
    }

    /// Whether it can be taken back.
    pub fn can_undo(&self) -> bool {
        match self {
            Other::Import { can_undo, .. } => *can_undo,
            Other::FileRefused { .. }
            | Other::PinSet { .. }
            | Other::PinForgotten { .. }
            | Other::History {}
            | Other::Handback { .. }
            | Other::Cleared { .. } => false,
        }
    }

    /// What it changed, one by one.
    pub fn changes(&self) -> &[String] {
        match self {
            Other::Import { changes, .. } => changes,
            Other::FileRefused { .. }
            | Other::PinSet { .. }
            | Other::PinForgotten { .. }
            | Other::History {}
            | Other::Handback { .. }
            | Other::Cleared { .. } => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_keeps_what_was_and_shows_it_nowhere() {
        let old = r#"{"import":{"files":["a.csv"],"counts":["contacts: 1 changed"],"changes":["x: phone changed"]}}"#;
        let other: Other = serde_json::from_str(old).expect("of a version before");
        assert_eq!(serde_json::to_string(&other).expect("text"), old);
        assert!(!other.can_undo(), "nothing was kept of what it replaced");
        let Other::Import { files, counts, changes, .. } = other else { panic!("an import") };
        let kept = vec!["x: phone was 0113 496 0001".to_owned()];
        let new = Other::Import { files, counts, changes, kept, refused: 2, warned: 0, can_undo: true };
        let described = format!("{} {:?}", new.describe(), new.changes());
        assert!(described.contains("phone changed") && !described.contains("0113"), "{described}");
        let text = serde_json::to_string(&new).expect("text");
        assert_eq!(serde_json::from_str::<Other>(&text).expect("its own"), new);
    }
}
