//! `report-absence`: somebody told the school.

use chrono::NaiveDate;

use crate::cli::Failure;
use crate::cli::args::{code, date};
use crate::cli::desk::Desk;
use crate::domain::act::Act;
use crate::domain::code::Code;
use crate::domain::name::clean;
use crate::domain::session::{Session, SessionDate};

/// Record what somebody told the school about an absence
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// The code you give it
    #[arg(long, value_parser = code)]
    code: Code,
    /// First day, from the morning; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Last day, to its afternoon
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    until: NaiveDate,
    /// Who told you: “Mrs Khan, mother”
    #[arg(long, value_name = "WHO")]
    by: String,
    /// What was said
    #[arg(long, default_value = "")]
    words: String,
}

/// Record the report for whole days.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let from = args.from.unwrap_or(desk.today());
    let pupil = desk.pupil(&args.name, from)?;
    desk.perform(&Act::ReportAbsence {
        pupils: vec![pupil],
        code: args.code,
        from: SessionDate::new(from, Session::Am),
        until: SessionDate::new(args.until, Session::Pm),
        by: clean(&args.by),
        words: clean(&args.words),
    })
}
