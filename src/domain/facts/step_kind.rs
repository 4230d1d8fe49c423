//! What a step was that somebody records as done.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a step was. In the record, the journal and a ladder it is its name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum StepKind {
    /// A step of the ladder, by its name.
    OnLadder(String),
    /// The officer has written the pupil's day into CPOMS. What was written is not kept here.
    LoggedOnCpoms,
}

impl StepKind {
    /// The name it is stored and shown by.
    pub fn as_str(&self) -> &str {
        match self {
            StepKind::OnLadder(name) => name,
            StepKind::LoggedOnCpoms => "logged on CPOMS",
        }
    }

    /// The step stored as `name`; every name is one.
    pub fn parse(name: &str) -> Option<StepKind> {
        Some(name.to_owned().into())
    }
}

impl From<String> for StepKind {
    /// A ladder that names its step as that of CPOMS means it.
    fn from(name: String) -> StepKind {
        if name == StepKind::LoggedOnCpoms.as_str() { StepKind::LoggedOnCpoms } else { StepKind::OnLadder(name) }
    }
}

impl From<StepKind> for String {
    fn from(kind: StepKind) -> String {
        kind.as_str().to_owned()
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_written_by_its_name_and_read_back() {
        let told = StepKind::OnLadder("tell DSL".to_owned());
        for (kind, name) in [(told, "tell DSL"), (StepKind::LoggedOnCpoms, "logged on CPOMS")] {
            assert_eq!((kind.to_string().as_str(), StepKind::parse(name)), (name, Some(kind.clone())));
            let written = serde_json::to_string(&kind).unwrap();
            assert_eq!(written, format!("\"{name}\""), "as the journal always had it");
            assert_eq!(serde_json::from_str::<StepKind>(&written).unwrap(), kind);
        }
        assert_eq!(StepKind::parse("Logged on CPOMS").unwrap().as_str(), "Logged on CPOMS");
        assert_ne!(StepKind::parse("Logged on CPOMS"), Some(StepKind::LoggedOnCpoms), "another name is another step");
    }
}
