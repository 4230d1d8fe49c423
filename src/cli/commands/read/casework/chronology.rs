//! `chronology`: what is in the record of a pupil, in the order in which it happened, each line with where it comes from.

use crate::cli::Failure;
use crate::cli::commands::act::case::line::LineFacts;
use crate::cli::desk::Desk;
use crate::cli::parse::date;
use crate::domain::act::Refusal;
use crate::domain::calendar::Calendar;
use crate::domain::counted::counted;
use chrono::NaiveDate;

/// What is in the record of a pupil, in order: absences, amendments, calls, contacts, meetings, visits, notices, leave
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// First date; the school year's first if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Last date; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    to: Option<NaiveDate>,
}

/// List them, oldest first.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let pupil = desk.pupil_of_everybody(&args.name.join(" "))?;
    let until = args.to.unwrap_or(desk.today());
    let from = args.from.unwrap_or(Calendar::year_start(until));
    if until < from {
        return desk.refuse(&Refusal::Dates(format!("{until} is before {from}: give the first day first")));
    }
    let rows: Vec<LineFacts> = desk.store.chronology(pupil, &(from..=until))?.into_iter().map(LineFacts::of).collect();
    desk.exports("chronology", Some(pupil))?;
    let name = desk.store.roll().name_and_group(pupil);
    let heading = format!("{name}, {from} to {until}: {}.", counted(rows.len(), "line"));
    desk.answer(&heading, "Nothing is in the record.", rows)
}
