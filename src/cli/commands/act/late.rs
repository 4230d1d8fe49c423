//! `late`: a pupil has arrived.

use chrono::{NaiveTime, Timelike};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::act::Noted;
use crate::cli::parse::{code, time};
use crate::cli::text::clock;
use crate::domain::act::{Act, LogArrival, Refusal};
use crate::domain::code::Code;
use crate::domain::late::gate::contradicts;
use crate::domain::name::clean;

/// Log that a pupil has arrived; the clock says whether it is L or U
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// When, if not now
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    at: Option<NaiveTime>,
    /// Why: bus, overslept
    #[arg(long)]
    reason: Option<String>,
    /// What it counts as for that reason, whatever the clock says: /, L or U
    #[arg(long, value_name = "CODE", value_parser = code, requires = "reason")]
    counts_as: Option<Code>,
}

/// Log the arrival.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let now = desk.local();
    let time = args.at.unwrap_or(now.time()).with_second(0).unwrap_or(now.time());
    if time > now.time() {
        let text = format!("{} has not come yet: it is {}", clock(time), clock(now.time()));
        return desk.refuse(&Refusal::Forbidden(text));
    }
    let pupil = desk.pupil(&args.name.join(" "), now.date())?;
    let reason = args.reason.as_deref().map(clean);
    let day = desk.day()?;
    let session = day.hours.current(now.time());
    let note = day.roll.pupil(pupil).and_then(|known| contradicts(&day, known, time, session));
    let act = Act::LogArrival(LogArrival { pupil, date: now.date(), time, reason, instead: args.counts_as });
    desk.perform_noting(&act, Noted::but(note))
}
