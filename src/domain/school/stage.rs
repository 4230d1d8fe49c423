//! The school's ladder of stages, which a case goes through: when a pupil comes to one, who sees to it, and what is wanted first.

use serde::{Deserialize, Serialize};

use super::staff::Role;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::name::clean;

/// The most weeks between two looks at a case: a term and more.
const MOST_WEEKS: u32 = 20;

/// What a stage goes by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Percent of the school year's possible sessions that were attended: so many or fewer.
    Attendance,
    /// Unauthorised sessions within ten school weeks: so many or more.
    Unauthorised,
    /// Lates this half-term: so many or more.
    Lates,
}

/// One stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stage {
    /// "Panel".
    pub name: String,
    /// What it goes by.
    pub measure: Measure,
    /// From which value on.
    pub at: u32,
    /// The least role of who sees to it.
    pub owner: Role,
    /// What should have been done before: kinds of events.
    #[serde(default)]
    pub evidence: Vec<EventKind>,
    /// School weeks after which the case is looked at again.
    pub review_weeks: u32,
}

impl Stage {
    /// What should have been done before it, and was not.
    pub fn missing(&self, done: &[EventKind]) -> Vec<EventKind> {
        self.evidence.iter().copied().filter(|kind| !done.contains(kind)).collect()
    }
}

/// Everything that cannot be right about the stages, each in a sentence.
pub fn faults(stages: &[Stage]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, stage) in stages.iter().enumerate() {
        let (row, name) = (place + 1, clean(&stage.name));
        let mut fault = |text: &str| faults.push(format!("case-stages: row {row}: {text}"));
        if name.is_empty() {
            fault("a stage needs a name");
        } else if stages.iter().take(place).any(|before| clean(&before.name) == name) {
            fault(&format!("there is a stage “{name}” already"));
        }
        if stage.measure == Measure::Attendance && stage.at > 100 {
            fault("`at` is from 0 to 100 percent");
        }
        if !(1..=MOST_WEEKS).contains(&stage.review_weeks) {
            fault(&format!("`review-weeks` is from 1 to {MOST_WEEKS} school weeks"));
        }
        if matches!(stage.owner, Role::Gate | Role::Reader) {
            fault("`owner` is officer, lead or admin: others put nothing down about a case");
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(line: &str) -> Stage {
        let usual = "name = \"Panel\"\nmeasure = \"attendance\"\nat = 90\nowner = \"officer\"\nreview-weeks = 4\n";
        let named: Vec<&str> = line.lines().filter_map(|line| line.split(' ').next()).collect();
        let kept = usual.lines().filter(|line| !named.contains(&line.split(' ').next().unwrap()));
        toml::from_str(&(kept.collect::<Vec<_>>().join("\n") + "\n" + line)).unwrap()
    }

    #[test]
    fn every_fault_is_a_sentence() {
        let again = "case-stages: row 2: there is a stage “Panel” already";
        assert_eq!(faults(&[stage(""), stage("at = 80")]), [again]);
        for (line, text) in [
            ("name = \" \"", "a stage needs a name"),
            ("at = 101", "`at` is from 0 to 100 percent"),
            ("review-weeks = 0", "`review-weeks` is from 1 to 20 school weeks"),
            ("owner = \"reader\"", "`owner` is officer, lead or admin: others put nothing down about a case"),
        ] {
            assert_eq!(faults(&[stage(line)]), [format!("case-stages: row 1: {text}")]);
        }
        assert_eq!(faults(&[stage("measure = \"lates\"\nat = 200")]), [""; 0]);
    }

    #[test]
    fn what_is_wanted_before_a_stage_is_told() {
        let panel = stage("evidence = [\"contact\", \"visit\"]");
        assert_eq!(panel.missing(&[EventKind::Contact]), [EventKind::Visit]);
        assert_eq!(panel.missing(&[EventKind::Visit, EventKind::Contact]), []);
    }
}
