//! `demo`: a made-up school to try the program on, with a morning of its own.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveTime;

use crate::cli::desk::{Desk, codes};
use crate::cli::parse::{Global, Look, time};
use crate::cli::text::clock;
use crate::cli::{Failure, Next};
use crate::clock::Clock;
use crate::config;
use crate::demo::MadeSchool;
use crate::demo::desks::set_to_work;
use crate::demo::file::{Unmade, Wanted, make};
use crate::store::Store;
use crate::store::demo::OVER;

/// Make up a school and open its morning
#[derive(clap::Args, Debug)]
pub struct Args {
    /// When its morning starts
    #[arg(long, value_name = "HH:MM", default_value = "09:05", value_parser = time)]
    pub at: NaiveTime,
    /// Let its clock stand still, and nobody else be at work
    #[arg(long)]
    pub still: bool,
    /// How many pupils
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(30..=12_000))]
    pub pupils: u32,
    /// How many school years of marks, this one among them
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=12))]
    pub years: u32,
    /// The same number makes the same school
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Only make the file
    #[arg(long)]
    pub create_only: bool,
    /// How the screen is to look
    #[command(flatten)]
    pub look: Look,
}

/// Make the school, then open the screen on it.
pub fn run(args: &Args, global: &Global, out: &mut dyn Write) -> Result<Next, Failure> {
    if args.at >= OVER {
        return Err(Failure::Usage(format!("a demo's day is over at {}: begin it earlier with --at", clock(OVER))));
    }
    let path = path(global)?;
    let pupils = usize::try_from(args.pupils).unwrap_or(usize::MAX);
    let wanted = Wanted { seed: args.seed, pupils, years: args.years, at: args.at };
    let (store, to_come) = make(&path, &wanted, codes()?, Clock::System.now()).map_err(|why| match why {
        Unmade::Fault(fault) => Failure::Record(fault),
        Unmade::Refused(_) | Unmade::Ingredients(_) => Failure::Program(why.to_string()),
    })?;
    if args.create_only {
        writeln!(
            out,
            "{} holds a made-up school of {} pupils. Open it with: firstbell --db {0}",
            path.display(),
            args.pupils
        )?;
        return Ok(Next::Done);
    }
    let starts = store.roll().school.instant(MadeSchool::usual_day().and_time(args.at));
    let mut desk = Desk::at(store, global, out)?;
    if global.now.is_none() {
        desk.clock = if args.still { Clock::Stopped(starts) } else { Clock::starting_at(starts) };
    }
    if !args.still && global.now.is_none() {
        set_to_work(path, codes()?, to_come, desk.clock)?;
    }
    Ok(Next::Screen(Box::new(desk.screen(&args.look)?)))
}

/// The file named, or one of its own that the next demo takes the place of.
fn path(global: &Global) -> Result<PathBuf, Failure> {
    if let Some(path) = global.named() {
        return Ok(path);
    }
    let path = config::demo()?;
    if let Some(folder) = path.parent() {
        super::init::make_folder(folder)?;
    }
    let replaced = Store::remove_demo(&path, codes()?)?;
    if !replaced {
        let text = "is no made-up school, and no demo takes its place: move it away, or name another file with --db";
        return Err(Failure::Usage(format!("{} {text}", path.display())));
    }
    Ok(path)
}
