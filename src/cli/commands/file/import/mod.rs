//! `import`: what other systems export, merged into the record and accounted for row by row.

pub mod changed;
pub mod report;
mod stop;
mod timetable;

use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::desk::{Desk, codes};
use crate::config;
use crate::domain::incoming::Reject;
use crate::exchange::profiles::Profiles;
use crate::exchange::{self, Known, rejects};
use crate::store::{Fault, NotDone};
use report::Report;
use stop::Stop;
use timetable::NamedDay;

/// Import pupils, contacts, flags, dates, marks, lessons and arrangements
#[derive(clap::Args, Debug)]
pub struct Args {
    /// CSV files, folders or zips
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
    /// Admission numbers in these files have lost the zeros before them
    #[arg(long)]
    lost_zeros: bool,
    /// Pupils are called by now as these files have it, though many names change
    #[arg(long)]
    new_names: bool,
    /// Dates in these files may be numbers: days since 1900, as a spreadsheet counts them
    #[arg(long)]
    serial_dates: bool,
    /// The date of a day that a timetable has a name for; may be given for several
    #[arg(long = "day", value_name = "NAME=DATE", value_parser = timetable::named_day)]
    days: Vec<NamedDay>,
    /// The marks of these files are your information system's: it need not be told them
    #[arg(long)]
    from_mis: bool,
    /// The marks of these files are not your information system's: it is to be told what they change
    #[arg(long, conflicts_with = "from_mis")]
    not_from_mis: bool,
}

/// Rows between two looks at the bar, which reads the clock each time.
const ROWS: usize = 256;

/// Read the files, merge them, and report. Refused when nothing in them can be used.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let officer = desk.officer.clone();
    let profiles = Profiles::load(&config::profiles(desk.store.path()))?;
    let bar = super::progress::bar("Reading", "{decimal_bytes_per_sec}");
    let (codes, roll) = (codes()?, desk.store.roll().clone());
    let timetable = timetable::known(desk, &args.days)?;
    let own_files = desk.store.own_files()?;
    let known = Known {
        codes: &codes,
        calendar: &roll.calendar,
        today: desk.today(),
        profiles: &profiles,
        has_serial_dates: args.serial_dates,
        timetable: &timetable,
        own_files: &own_files,
    };
    let read = exchange::read(&args.paths, known, &mut |progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
    });
    bar.finish_and_clear();
    let mut read = read?;
    read.incoming.rejects = std::mem::take(&mut read.rejects);
    read.incoming.warnings = std::mem::take(&mut read.warnings);
    read.incoming.zeros_are_lost = args.lost_zeros;
    read.incoming.mark_sources.said = (args.from_mis || args.not_from_mis).then_some(args.from_mis);
    read.incoming.has_new_names = args.new_names;
    let bar = super::progress::bar("Merging", "{rows_per_sec}");
    let when = desk.when();
    let stop = Stop::default();
    let is_stopped = || stop.is_asked();
    let merged = desk.store.merge_until(&officer, when, &read.incoming, args.dry_run, &is_stopped, &mut |done, of| {
        if done.is_multiple_of(ROWS) {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    });
    bar.finish_and_clear();
    if let Err(NotDone::Fault(Fault::Stopped)) = &merged {
        // Told before the signal ends us.
        eprintln!("firstbell: {}", Fault::Stopped);
        stop.end();
    }
    let merged = desk.answered(merged)?;
    // A trial leaves nothing behind, not even a list.
    let keeps = !args.dry_run && !merged.rejects.is_empty();
    let list = if keeps { args.paths.first().map(|first| keep_rejects(first, &merged.rejects)) } else { None };
    let roll = desk.store.roll().clone();
    Report::new(args.dry_run, &read, &merged, &roll, list).answer(desk)
}

/// Keep the refused rows beside what was imported. The error is a sentence.
fn keep_rejects(first: &Path, refused: &[Reject]) -> Result<PathBuf, String> {
    rejects::keep(first, refused)
        .map_err(|error| format!("beside {} no file can be written: {}", first.display(), config::plain(&error)))
}
