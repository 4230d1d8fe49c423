//! `checks`: the day's contradictions, each with the act that would settle it.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::domain::calendar::session::Session;
use crate::domain::checks::{Check, checks};
use crate::domain::day::Day;
use crate::domain::facts::contradiction::ContradictionKind;

/// One contradiction.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    session: Session,
    #[serde(rename = "puzzle")]
    contradiction: ContradictionKind,
    evidence: Vec<String>,
    proposed: String,
}

/// List them, the gravest first.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let found = checks(&day, session, desk.local().time());
    let rows: Vec<CheckFacts> = found.into_iter().filter_map(|check| facts(&day, check)).collect();
    desk.answer(&format!("Checks: {}.", rows.len()), "Nothing contradicts.", rows)
}

fn facts(day: &Day, check: Check) -> Option<CheckFacts> {
    Some(CheckFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(check.pupil)?),
        session: check.session,
        contradiction: check.contradiction,
        proposed: check.proposed.describe(),
        evidence: check.evidence,
    })
}

impl Row for CheckFacts {
    /// "Khan, Amira, 8KM, flags CP: AM present, then missing. 08:45 / in AM registration, Mrs Kemp; 09:00 N in period 1. Proposed: ..."
    fn lines(&self) -> Vec<String> {
        let (who, session, text) = (self.pupil.introduced(), self.session, self.contradiction.describe());
        vec![format!("{who}: {session} {text}. {}. Proposed: {}.", self.evidence.join("; "), self.proposed)]
    }
}
