//! How a late is followed through: met, challenged, the reason weighed, the sanction given, the head of year told.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;

/// One step of it.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Debug,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LateStep {
    /// Met on arrival by a member of staff.
    Met,
    /// Asked why.
    Challenged,
    /// The reason was accepted: no sanction follows.
    Accepted,
    /// The reason was not accepted.
    NotAccepted,
    /// A sanction was given: which, is in the words.
    Sanctioned,
    /// The head of year was told.
    Reported,
}

impl LateStep {
    /// Every step, in the order they usually come.
    pub const ALL: &[LateStep] = LateStep::VARIANTS;

    /// The word it is stored by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The step stored as `word`.
    pub fn parse(word: &str) -> Option<LateStep> {
        word.parse().ok()
    }

    /// It in words: "reason not accepted".
    pub fn describe(self) -> &'static str {
        match self {
            LateStep::Met => "met",
            LateStep::Challenged => "challenged",
            LateStep::Accepted => "reason accepted",
            LateStep::NotAccepted => "reason not accepted",
            LateStep::Sanctioned => "sanction given",
            LateStep::Reported => "head of year told",
        }
    }

    /// It in the fewest letters, for a column: "HoY told".
    pub fn short(self) -> &'static str {
        match self {
            LateStep::Met => "met",
            LateStep::Challenged => "challenged",
            LateStep::Accepted => "accepted",
            LateStep::NotAccepted => "not accepted",
            LateStep::Sanctioned => "sanction",
            LateStep::Reported => "HoY told",
        }
    }

    /// Whether it is a word on the reason, of which the newest counts.
    pub fn is_verdict(self) -> bool {
        matches!(self, LateStep::Accepted | LateStep::NotAccepted)
    }
}

/// A step that was recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LateFollowed {
    /// The act that recorded it.
    pub act: ActId,
    /// Whose late.
    pub pupil: PupilId,
    /// Late for which session.
    pub session: Session,
    /// What was done.
    pub step: LateStep,
    /// What was said, or which sanction: may be empty.
    pub words: String,
    /// Who recorded it.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}

impl LateFollowed {
    /// In words, with the sanction or the note: "sanction given, 15 min detention".
    pub fn describe(&self) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!(", {}", self.words) };
        format!("{}{words}", self.step.describe())
    }
}

/// How often a pupil came late, and what it cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Times this half-term.
    pub half_term: usize,
    /// Times this week.
    pub week: usize,
    /// Minutes this week.
    pub week_minutes: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_read_back_by_its_word() {
        for step in LateStep::ALL.iter().copied() {
            assert_eq!(LateStep::parse(step.as_str()), Some(step));
        }
        assert_eq!(LateStep::parse("late"), None);
    }
}
