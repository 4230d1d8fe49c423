//! `restore`: a new school's file, of an archive.

use std::io::Write;
use std::path::PathBuf;

use super::init::make_folder;
use super::stopping::leave_nothing_when_stopped;
use crate::cli::Failure;
use crate::cli::desk::{Desk, codes};
use crate::cli::parse::Global;
use crate::exchange::archive::{self, Limits};
use crate::store::Store;

/// Make a new school's file of an archive
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The archive, of a whole record
    archive: PathBuf,
    /// The new file: an existing one is never written over
    #[arg(long, value_name = "FILE")]
    into: PathBuf,
}

/// Make the file, readable by its owner only, whole or not at all.
pub fn run(args: &Args, global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(folder) = args.into.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    leave_nothing_when_stopped();
    let is_checked = archive::restore(&args.archive, &args.into, Limits::USUAL)?;
    let mut desk = Desk::at(Store::open(&args.into, codes()?)?, global, out)?;
    let school = desk.store.roll().school.name.clone();
    let but = (!is_checked).then_some(
        "an older firstbell wrote the archive, without checksums: nobody can tell whether it was changed since",
    );
    desk.done(None, &format!("{school} is restored into {}", args.into.display()), but)
}
