//! `snooze`: a register is not to be chased before a time.

use chrono::NaiveTime;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::time;
use crate::domain::act::{Act, Snooze};
use crate::domain::facts::register::put_off_until;

/// Put off chasing a register of the current session
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The tutor group
    group: String,
    /// Until when, if not for ten minutes
    #[arg(value_name = "HH:MM", value_parser = time)]
    until: Option<NaiveTime>,
}

/// Put it off.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = desk.current()?;
    let group = desk.group(&args.group)?;
    let until = args.until.unwrap_or_else(|| put_off_until(desk.local().time()));
    desk.perform(&Act::Snooze(Snooze { group, at, until }))
}
