//! `back`: a pupil who went out is back.

use chrono::NaiveTime;

use super::out::goes;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::time;
use crate::domain::facts::presence::Way;

/// Log that a pupil who went out is back
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// When, if not now
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    at: Option<NaiveTime>,
}

/// Log it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    goes(desk, &args.name.join(" "), Way::Back, args.at, String::new())
}
