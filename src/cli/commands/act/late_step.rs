//! `late-step`: a late of today is followed through.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::session;
use crate::domain::act::{Act, FollowLate};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::late_step::LateStep;
use crate::domain::late::lateness::{lates, tally};
use crate::domain::name::clean;
use crate::domain::school::sanction::due;

/// Record what was done about a pupil's late of today
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// met, challenged, accepted, not-accepted, sanctioned or reported
    #[arg(value_parser = step)]
    step: LateStep,
    /// What was said, or which sanction if not the ladder's
    words: Vec<String>,
    /// Late for which session, if not the last one
    #[arg(long, value_name = "AM|PM", value_parser = session)]
    session: Option<Session>,
}

fn step(text: &str) -> Result<LateStep, String> {
    let all: Vec<&str> = LateStep::ALL.iter().copied().map(LateStep::as_str).collect();
    LateStep::parse(text).ok_or_else(|| format!("a step is one of {}", all.join(", ")))
}

/// Record it for the pupil's last late, or that of the session named.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let now = desk.current()?;
    let pupil = desk.pupil(&args.name, now.date)?;
    let day = desk.day()?;
    let last = lates(&day, now.session).into_iter().filter(|late| late.pupil == pupil).map(|late| late.session).max();
    let session = args.session.or(last).unwrap_or(now.session);
    let given = clean(&args.words.join(" "));
    let offered = due(tally(&day, pupil, session).half_term, &day.roll.school.sanctions);
    let words = match (args.step, offered) {
        (LateStep::Sanctioned, Some(sanction)) if given.is_empty() => sanction.gives.clone(),
        _ => given,
    };
    desk.perform(&Act::FollowLate(FollowLate {
        pupils: vec![pupil],
        at: SessionDate::new(now.date, session),
        step: args.step,
        words,
    }))
}
