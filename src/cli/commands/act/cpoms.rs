//! `cpoms`: one pupil's day in facts, to paste into CPOMS, and the record that this was done.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::cli::text::clock;
use crate::domain::act::{Act, TakeStep};
use crate::domain::facts::step_kind::StepKind;
use crate::report::document::COLUMNS;
use crate::report::lists::cpoms;

/// One pupil's day in facts, to be pasted into CPOMS
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// Record that you have logged it there; the text itself is not kept
    #[arg(long)]
    logged: bool,
}

impl Args {
    /// Whether it records that the text was logged.
    pub fn records(&self) -> bool {
        self.logged
    }
}

/// The text, and when it was logged.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CpomsFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    says: String,
    logged: Option<LoggedFacts>,
}

/// That it was logged.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LoggedFacts {
    at: String,
    by: String,
}

/// Say the text as it stands now, or record that it was logged.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let today = desk.today();
    let id = desk.pupil(&args.name.join(" "), today)?;
    if args.logged {
        let at = desk.current()?;
        return desk.perform(&Act::TakeStep(TakeStep {
            pupils: vec![id],
            at,
            step: StepKind::LoggedOnCpoms,
            words: String::new(),
        }));
    }
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let (day, now) = (desk.day()?, desk.local().time());
    let Some(pupil) = day.roll.pupil(id) else { return Ok(()) };
    desk.exports(cpoms::KIND.recorded_as, Some(id))?;
    if !desk.json {
        return desk.print_document(&cpoms::cpoms(&day, pupil, session, now), COLUMNS);
    }
    let logged = day.steps.iter().find(|one| one.pupil == id && one.step == StepKind::LoggedOnCpoms);
    let answer = desk.frame(vec![CpomsFacts {
        pupil: PupilFacts::of(&day.roll, pupil),
        says: cpoms::paragraph(&day, pupil, session),
        logged: logged.map(|one| LoggedFacts { at: clock(one.at.time()), by: one.who.clone() }),
    }]);
    desk.print_json(&answer)
}
