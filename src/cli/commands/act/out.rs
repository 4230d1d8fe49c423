//! `out`: a pupil goes out of the building.

use chrono::{NaiveTime, Timelike};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::act::Noted;
use crate::cli::parse::time;
use crate::domain::act::{Act, LogMovement};
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::contradicts_leaving;

/// Log that a pupil goes out of the building during the day; no mark changes
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// Why: dentist, sent home ill
    reason: String,
    /// When, if not now
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    at: Option<NaiveTime>,
}

/// Log it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    goes(desk, &args.name, Way::Out, args.at, args.reason.clone())
}

/// One way or the other.
pub(in crate::cli::commands) fn goes(
    desk: &mut Desk<'_>,
    name: &str,
    way: Way,
    at: Option<NaiveTime>,
    reason: String,
) -> Result<(), Failure> {
    let now = desk.local();
    let time = at.unwrap_or(now.time()).with_second(0).unwrap_or(now.time());
    let pupil = desk.pupil(name, now.date())?;
    let day = desk.day()?;
    let known = day.roll.pupil(pupil).filter(|_| way == Way::Out);
    let note = known.and_then(|known| contradicts_leaving(&day, known, time)).map(str::to_owned);
    desk.perform_noting(&Act::LogMovement(LogMovement { pupil, date: now.date(), time, way, reason }), Noted::but(note))
}
