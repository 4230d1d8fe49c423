//! `confirm`: a provider said whether pupils are there.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, Confirm};
use crate::domain::name::clean;

/// Record what a provider said of pupils who are elsewhere by arrangement this session
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number; several pupils, each in quotes
    #[arg(required = true, value_name = "WHO")]
    names: Vec<String>,
    /// Who said so: “Mr Hall”
    #[arg(long, value_name = "WHO")]
    by: String,
    /// They are not there
    #[arg(long)]
    not_there: bool,
}

/// Record it for the current session: all of them, or none.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = desk.current()?;
    let pupils = args.names.iter().map(|name| desk.pupil(name, at.date)).collect::<Result<Vec<_>, _>>()?;
    desk.perform(&Act::Confirm(Confirm { pupils, at, there: !args.not_there, said_by: clean(&args.by) }))
}
