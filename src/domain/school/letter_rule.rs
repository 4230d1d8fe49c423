//! The school's rules for letters: who should get which, and who should not. They suggest; a person makes each letter.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::stage::Measure;
use crate::domain::name::clean;
use crate::domain::people::pupil::{Flag, Tier};

/// The most days for which a letter is not suggested again: a school year.
const MOST_DAYS: u32 = 366;
/// The half-terms of a school year.
const HALF_TERMS: usize = 6;

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LetterRule {
    /// The letter, by the name of its template.
    pub letter: String,
    /// What it goes by, as the stages of cases do.
    pub measure: Measure,
    /// Attendance below so many percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<u32>,
    /// So many sessions or lates, or percent of attendance, or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// Only in these half-terms of the school year, from 1; in all of them where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub half_terms: Vec<usize>,
    /// Days after a letter of the same name in which it is not suggested again.
    #[serde(default = "four_weeks")]
    pub cool_down: u32,
    /// The possible sessions of the school year before which nothing is suggested by attendance.
    #[serde(default = "two_weeks")]
    pub sessions: u32,
    /// Whom it is not for.
    #[serde(default)]
    pub not_for: Vec<NotFor>,
}

fn four_weeks() -> u32 {
    28
}

fn two_weeks() -> u32 {
    20
}

/// Whom a letter is not for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub enum NotFor {
    /// Three quarters or more of the absences are I or M.
    Illness,
    /// Pupils of a tier.
    Tier(Tier),
    /// Pupils with a flag.
    Flag(Flag),
}

impl fmt::Display for NotFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotFor::Illness => "illness",
            NotFor::Tier(Tier::Vulnerable) => "vulnerable",
            NotFor::Tier(Tier::Supported) => "supported",
            NotFor::Tier(Tier::Disadvantaged) => "disadvantaged",
            NotFor::Tier(Tier::Standard) => "standard",
            NotFor::Flag(flag) => flag.letters(),
        })
    }
}

impl From<NotFor> for String {
    fn from(not: NotFor) -> String {
        not.to_string()
    }
}

impl TryFrom<String> for NotFor {
    type Error = String;

    fn try_from(text: String) -> Result<NotFor, String> {
        let tiers = [Tier::Vulnerable, Tier::Supported, Tier::Disadvantaged, Tier::Standard].map(NotFor::Tier);
        let word = std::iter::once(NotFor::Illness).chain(tiers).find(|one| one.to_string() == text);
        word.or_else(|| Flag::parse(&text).map(NotFor::Flag)).ok_or_else(|| {
            format!("“{}” is none that a letter is not for: write \"illness\", a tier such as \"vulnerable\" or a flag such as \"CLA\"", clean(&text))
        })
    }
}

/// Everything that cannot be right about the rules, each in a sentence.
pub fn faults(rules: &[LetterRule]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let row = place + 1;
        let mut fault = |text: &str| faults.push(format!("letter-rules: row {row}: {text}"));
        if clean(&rule.letter).is_empty() {
            fault("name a letter: `firstbell letter` lists them");
        }
        match (rule.measure, rule.below, rule.from) {
            (Measure::Attendance, Some(_), Some(_)) => fault("give `below` or `from`, and not both"),
            (Measure::Attendance, None, None) => fault("give `below` in percent, or `from`"),
            (Measure::Unauthorised | Measure::Lates, Some(_), _) => {
                fault("`below` goes with measure \"attendance\" alone: give `from`");
            }
            (Measure::Unauthorised | Measure::Lates, None, None) => fault("give `from`: so many or more"),
            (Measure::Attendance, Some(percent), None) | (Measure::Attendance, None, Some(percent))
                if percent > 100 =>
            {
                fault("percent are from 0 to 100");
            }
            (Measure::Attendance | Measure::Unauthorised | Measure::Lates, ..) => {}
        }
        if rule.half_terms.iter().any(|one| !(1..=HALF_TERMS).contains(one)) {
            fault(&format!("`half-terms` are from 1 to {HALF_TERMS}"));
        }
        if rule.cool_down > MOST_DAYS {
            fault(&format!("`cool-down` is from 0 to {MOST_DAYS} days"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Result<LetterRule, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn every_fault_is_a_sentence() {
        for (text, told) in [
            ("letter = \"late\"\nmeasure = \"lates\"\nfrom = 5", None),
            (
                "letter = \"x\"\nmeasure = \"attendance\"\nbelow = 95\nnot-for = [\"illness\", \"CLA\", \"vulnerable\"]",
                None,
            ),
            ("letter = \" \"\nmeasure = \"lates\"\nfrom = 5", Some("name a letter: `firstbell letter` lists them")),
            ("letter = \"x\"\nmeasure = \"lates\"", Some("give `from`: so many or more")),
            (
                "letter = \"x\"\nmeasure = \"lates\"\nbelow = 3",
                Some("`below` goes with measure \"attendance\" alone: give `from`"),
            ),
            ("letter = \"x\"\nmeasure = \"attendance\"", Some("give `below` in percent, or `from`")),
            ("letter = \"x\"\nmeasure = \"attendance\"\nbelow = 101", Some("percent are from 0 to 100")),
            (
                "letter = \"x\"\nmeasure = \"attendance\"\nbelow = 95\nfrom = 90",
                Some("give `below` or `from`, and not both"),
            ),
            ("letter = \"x\"\nmeasure = \"lates\"\nfrom = 5\nhalf-terms = [7]", Some("`half-terms` are from 1 to 6")),
            (
                "letter = \"x\"\nmeasure = \"lates\"\nfrom = 5\ncool-down = 400",
                Some("`cool-down` is from 0 to 366 days"),
            ),
        ] {
            let told: Vec<String> = told.iter().map(|told| format!("letter-rules: row 1: {told}")).collect();
            assert_eq!(faults(&[rule(text).unwrap()]), told, "{text}");
        }
        let text = rule("letter = \"x\"\nmeasure = \"lates\"\nfrom = 5\nnot-for = [\"ill\"]").unwrap_err();
        assert!(text.starts_with("“ill” is none that a letter is not for: write \"illness\""), "{text}");
    }
}
