//! Which kind of school a school is: beside whose national figures its own are told.

use serde::{Deserialize, Serialize};

/// Of which schools of the state figures are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Schools {
    /// Secondary schools.
    #[default]
    Secondary,
    /// Primary schools.
    Primary,
    /// Special schools.
    Special,
    /// Of every kind.
    All,
}

impl Schools {
    /// "secondary schools".
    pub fn describe(self) -> &'static str {
        match self {
            Schools::Secondary => "secondary schools",
            Schools::Primary => "primary schools",
            Schools::Special => "special schools",
            Schools::All => "all schools",
        }
    }
}
