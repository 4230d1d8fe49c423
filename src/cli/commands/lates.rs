//! `lates`: everybody who came late today.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::answer::{PupilFacts, Row};
use crate::cli::desk::Desk;
use crate::cli::text::{clock, sentence};
use crate::domain::day::Day;
use crate::domain::evidence::Mark;
use crate::domain::lateness::{Late, lates};
use crate::domain::session::Session;

/// One late pupil.
#[derive(Serialize)]
struct LateFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    session: Session,
    time: Option<String>,
    mark: Mark,
    reason: Option<String>,
    logged_by: Option<String>,
}

/// List them.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let late = lates(&day, session).into_iter().filter_map(|late| facts(&day, late));
    let rows: Vec<LateFacts> = late.map(|row| LateFacts { pupil: desk.seen(row.pupil), ..row }).collect();
    let heading = format!("Lates: {}.", rows.len());
    desk.answer(&heading, "Nobody has come late.", rows)
}

fn facts(day: &Day, late: Late) -> Option<LateFacts> {
    Some(LateFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(late.pupil)?),
        session: late.session,
        time: late.time.map(clock),
        mark: late.mark,
        reason: late.reason,
        logged_by: late.logged_by,
    })
}

impl Row for LateFacts {
    /// "08:57, Idris, Bea, 8KM: L 17 min, AM, bus, logged by J Ito."
    fn lines(&self) -> Vec<String> {
        let time = self.time.as_deref().unwrap_or("time not known");
        let logged = self.logged_by.as_ref().map(|who| format!("logged by {who}"));
        vec![sentence([
            format!("{time}, {}: {}", self.pupil.introduced(), self.mark),
            self.session.to_string(),
            self.reason.clone().unwrap_or_else(|| "no reason given".to_owned()),
            logged.unwrap_or_else(|| "from the register".to_owned()),
        ])]
    }
}
