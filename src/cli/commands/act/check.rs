//! `check`: settles one contradiction as proposed, or leaves the mark as it is.

use clap::builder::PossibleValuesParser;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::session;
use crate::domain::calendar::session::Session;
use crate::domain::checks::checks;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::name::clean;

/// Settle what contradicts about a pupil as it is proposed, or leave the mark and say why
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// Which kind, where there are several
    #[arg(value_parser = PossibleValuesParser::new(ContradictionKind::ALL.iter().map(|contradiction| contradiction.as_str())))]
    kind: Option<String>,
    /// Which session, where both have one
    #[arg(long, value_name = "AM|PM", value_parser = session)]
    session: Option<Session>,
    #[command(flatten)]
    what: What,
}

/// What is done.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
struct What {
    /// Do what is proposed
    #[arg(long)]
    accept: bool,
    /// Leave the mark as it stands, and why
    #[arg(long, value_name = "WHY")]
    leave: Option<String>,
}

/// Settle it, or leave it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let current = desk.current()?;
    let pupil = desk.pupil(&args.name, current.date)?;
    let day = desk.day()?;
    let name = day.roll.name_and_group(pupil);
    let mut found = checks(&day, current.session, desk.local().time());
    found.retain(|check| {
        check.pupil == pupil
            && args.kind.as_deref().is_none_or(|kind| check.contradiction.as_str() == kind)
            && args.session.is_none_or(|session| check.session == session)
    });
    match (found.as_slice(), &args.what.leave) {
        ([check], Some(reason)) => desk.perform(&check.decide(&day, &clean(reason))),
        ([check], None) => desk.perform(&check.act(&day)),
        ([], _) => {
            desk.forbid(format!("there is no such check about {name}: firstbell checks lists those that are open"))
        }
        (several, _) => {
            let kinds: Vec<String> =
                several.iter().map(|check| format!("{} {}", check.contradiction.as_str(), check.session)).collect();
            desk.forbid(format!("several things contradict about {name}: name one of {}", kinds.join(", ")))
        }
    }
}
