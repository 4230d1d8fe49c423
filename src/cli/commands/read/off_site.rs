//! `off-site`: pupils elsewhere by arrangement, and whether they are there.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, sentence};
use crate::domain::absence::offsite::{OffSite, OffSiteState, due_by, off_site};
use crate::domain::code::Code;
use crate::domain::day::Day;

/// One pupil elsewhere.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OffSiteFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    code: Code,
    with: String,
    state: &'static str,
    due: Option<String>,
    said_by: Option<String>,
    by: Option<String>,
    at: Option<String>,
}

/// List them, by whom they are with.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let mut all = off_site(&day, session, desk.local().time());
    all.sort_by(|one, other| one.with.cmp(&other.with));
    let due = all.iter().filter(|one| one.state == OffSiteState::Due).count();
    let by = due_by(&day, session).map(clock);
    let rows: Vec<OffSiteFacts> = all.into_iter().filter_map(|one| facts(&day, one, by.clone())).collect();
    let heading = format!("Elsewhere by arrangement: {}, {due} due to be confirmed.", rows.len());
    desk.answer(&heading, "Nobody is elsewhere by arrangement.", rows)
}

fn facts(day: &Day, off_site: OffSite, due: Option<String>) -> Option<OffSiteFacts> {
    let confirmation = off_site.confirmed();
    Some(OffSiteFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(off_site.pupil)?),
        state: off_site.describe(),
        due,
        said_by: confirmation.map(|confirmation| confirmation.said_by.clone()),
        by: confirmation.map(|confirmation| confirmation.who.clone()),
        at: confirmation.map(|confirmation| clock(confirmation.at.time())),
        code: off_site.code,
        with: off_site.with,
    })
}

impl Row for OffSiteFacts {
    /// "Harbour AP: Khan, Amira, 8KM, B, there, said Mr Hall at 09:31, recorded by S Marsh."
    fn lines(&self) -> Vec<String> {
        let confirmation = match (&self.said_by, &self.at) {
            (Some(said_by), Some(at)) => format!("said {said_by} at {at}"),
            _ => String::new(),
        };
        let until = self.due.as_ref().filter(|_| self.state == "waiting").map(|due| format!("until {due}"));
        vec![sentence([
            format!("{}: {}", self.with, self.pupil.introduced()),
            self.code.to_string(),
            [self.state.to_owned(), until.unwrap_or_default()].join(" ").trim_end().to_owned(),
            confirmation,
            self.by.as_ref().map(|by| format!("recorded by {by}")).unwrap_or_default(),
        ])]
    }
}
