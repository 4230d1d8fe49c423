//! What is held of somebody beside name and number.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// A pupil's sex, as the school's system has it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    #[strum(serialize = "F")]
    Female,
    /// Male.
    #[strum(serialize = "M")]
    Male,
}

impl Sex {
    /// The letter it is stored by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The sex stored as `letter`.
    pub fn parse(letter: &str) -> Option<Sex> {
        letter.parse().ok()
    }

    /// In a word.
    pub fn describe(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// Where somebody lives.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// In order, without the postcode; may be none.
    pub lines: Vec<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

impl Address {
    /// The address of these lines and this postcode; `None` where there is neither.
    pub fn of(lines: Vec<String>, postcode: Option<String>) -> Option<Address> {
        (!lines.is_empty() || postcode.is_some()).then_some(Address { lines, postcode })
    }

    /// "14 Mill Lane, Ulverby, LA99 1ZZ".
    pub fn in_a_line(&self) -> String {
        self.lines.iter().chain(&self.postcode).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// The name on a pupil's papers, where another is used: for letters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LegalName {
    /// Family name; may be empty.
    pub surname: String,
    /// Given name; may be empty.
    pub forename: String,
}

impl LegalName {
    /// "Amira Khan".
    pub fn spoken(&self) -> String {
        format!("{} {}", self.forename, self.surname).trim().to_owned()
    }
}
