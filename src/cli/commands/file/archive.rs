//! `archive`: the record as a zip of JSON Lines that any program can read.

use std::path::PathBuf;

use super::stopping::leave_nothing_when_stopped;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::counted::counted;
use crate::exchange::archive;
use crate::store::archive::Scope;

/// Write the record, or what is held of one pupil, into a zip of JSON Lines
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The new file: an existing one is never written over
    path: PathBuf,
    /// Only what is held of this pupil, and nothing of others: name, name and tutor group, or admission number
    #[arg(long, value_name = "WHO", conflicts_with = "plain")]
    pupil: Option<String>,
    /// Only what stands, without numbers of rows, instants and signatures: to compare two records
    #[arg(long)]
    plain: bool,
}

/// Write it, as the record is before it is put down that it was written.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    leave_nothing_when_stopped();
    let pupil = args.pupil.as_ref().map(|name| desk.pupil_of_everybody(name)).transpose()?;
    let scope = match pupil {
        Some(pupil) => Scope::Pupil(pupil),
        None if args.plain => Scope::Plain,
        None => Scope::Whole,
    };
    // Taken first: a record read back from the archive comes to the same archive.
    let snapshot = desk.store.snapshot(scope)?;
    desk.exports(if pupil.is_some() { "archive of the pupil" } else { "archive" }, pupil)?;
    let school = desk.store.roll().school.name.clone();
    let rows = archive::write(&snapshot, &school, &args.path)?;
    let of = match pupil.and_then(|id| desk.store.roll().pupil(id)) {
        Some(pupil) => format!("What is held of {}", desk.store.roll().telling_name(pupil)),
        None => school,
    };
    let rows = counted(usize::try_from(rows).unwrap_or(usize::MAX), "row");
    desk.done(None, &format!("{of} is archived in {}: {rows}", args.path.display()), None)
}
