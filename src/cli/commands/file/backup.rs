//! `backup`: a whole copy of the school's file, made while desks are at work.

use std::path::PathBuf;

use super::stopping::leave_nothing_when_stopped;
use crate::cli::Failure;
use crate::cli::desk::Desk;

/// Copy the school's file, whole, into a new file
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The new file: an existing one is never written over
    path: PathBuf,
}

/// Make the copy, readable by its owner only.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    leave_nothing_when_stopped();
    desk.exports("copy of the file", None)?;
    desk.store.back_up(&args.path)?;
    let text = format!("{} is backed up in {}", desk.store.roll().school.name, args.path.display());
    desk.done(None, &text, None)
}
