//! Who took a register: a teacher, the office from a teacher's paper, or a file that does not say.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// Who took a register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenBy {
    /// The tutor or cover teacher, by name.
    Teacher(String),
    /// Typed in the office from the teacher's paper.
    Paper(String),
    /// It came with a file that does not say.
    Import,
}

impl Display for TakenBy {
    /// "Mr Webb", "Mr Webb, on paper", "import".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TakenBy::Teacher(name) => f.write_str(name),
            TakenBy::Paper(name) => write!(f, "{name}, on paper"),
            TakenBy::Import => f.write_str("import"),
        }
    }
}

/// Who took a register, or "register" where nobody signed it.
pub fn or_unsigned(by: Option<&TakenBy>) -> impl Display {
    fmt::from_fn(move |f| match by {
        Some(by) => by.fmt(f),
        None => f.write_str("register"),
    })
}
