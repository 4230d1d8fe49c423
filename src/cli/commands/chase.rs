//! `chase`: a register that is not in was asked for.

use clap::builder::PossibleValuesParser;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::Act;
use crate::domain::register::ChaseMethod;

/// Record that a register was chased
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The tutor group
    group: String,
    /// How
    #[arg(long, default_value = "phone", value_parser = PossibleValuesParser::new(ChaseMethod::ALL.map(ChaseMethod::as_str)))]
    by: String,
}

/// Record it for the current session.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = desk.current()?;
    let group = desk.group(&args.group)?;
    let method = ChaseMethod::parse(&args.by).unwrap_or(ChaseMethod::Phone);
    desk.perform(&Act::Chase { group, at, method })
}
