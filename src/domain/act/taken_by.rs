//! Who took a register: a teacher, or the office from paper.

use serde::{Deserialize, Serialize};

use crate::domain::facts::register::ON_PAPER;

/// Who took a register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenBy {
    /// The tutor or cover teacher, by name.
    Teacher(String),
    /// Typed in the office from the teacher's paper.
    Paper(String),
}

impl TakenBy {
    /// The words the record keeps: "Mr Webb", or "Mr Webb, on paper".
    pub fn says(&self) -> String {
        match self {
            TakenBy::Teacher(name) => name.clone(),
            TakenBy::Paper(name) => format!("{name}{ON_PAPER}"),
        }
    }
}
