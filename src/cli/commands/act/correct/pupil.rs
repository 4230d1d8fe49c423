//! `correct leaver`, `group`, `joiner` and `joiner-number`: who is on the roll, and in which tutor group.

use chrono::NaiveDate;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::date;
use crate::domain::act::{Act, ChangeGroup, Enrol, Leave, NumberJoiner};
use crate::domain::name::clean;

/// A pupil leaves: from the day after nobody expects them
#[derive(clap::Args, Debug)]
pub struct LeaverArgs {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// The last day on the roll
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, required_unless_present = "stays")]
    on: Option<NaiveDate>,
    /// Where to
    #[arg(long, value_name = "WORDS", default_value = "")]
    to: String,
    /// The pupil stays after all
    #[arg(long, conflicts_with_all = ["on", "to"])]
    stays: bool,
}

/// A pupil changes the tutor group, from a date on
#[derive(clap::Args, Debug)]
pub struct GroupArgs {
    /// Name, name and tutor group, or admission number
    name: String,
    /// The tutor group
    group: String,
    /// The first day in it; else today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
}

/// A pupil joins: an import finds them by the admission number or the UPN, never by the name
#[derive(clap::Args, Debug)]
pub struct JoinerArgs {
    /// Family name
    #[arg(long, value_name = "NAME")]
    surname: String,
    /// Given name
    #[arg(long, value_name = "NAME", default_value = "")]
    forename: String,
    /// Tutor group
    #[arg(long, value_name = "GROUP")]
    group: String,
    /// National curriculum year; else the tutor group's
    #[arg(long, value_name = "YEAR")]
    year: Option<i64>,
    /// The first day on the roll; else today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Admission number, where it is known
    #[arg(long, value_name = "NUMBER", default_value = "")]
    admission_no: String,
    /// Unique pupil number, where it is known
    #[arg(long, value_name = "UPN", default_value = "")]
    upn: String,
}

/// The number of a joiner is known
#[derive(clap::Args, Debug)]
pub struct NumberArgs {
    /// Name, or name and tutor group
    #[arg(required = true)]
    name: Vec<String>,
    /// Admission number
    #[arg(long, value_name = "NUMBER", default_value = "")]
    admission_no: String,
    /// Unique pupil number
    #[arg(long, value_name = "UPN", default_value = "")]
    upn: String,
}

/// Put a leaver down, or say that the pupil stays.
pub fn leaver(desk: &mut Desk<'_>, args: &LeaverArgs) -> Result<(), Failure> {
    let pupil = desk.pupil_of_everybody(&args.name.join(" "))?;
    let saw = desk.day()?.roll.pupil(pupil).and_then(|pupil| pupil.until);
    let (on, destination) = (args.on, clean(&args.to));
    desk.perform(&Act::Leave(Leave { pupil, on, destination, saw }))
}

/// Change the tutor group.
pub fn group(desk: &mut Desk<'_>, args: &GroupArgs) -> Result<(), Failure> {
    let pupil = desk.pupil(&args.name, desk.today())?;
    let group = desk.group(&args.group)?;
    let saw = desk.day()?.roll.pupil(pupil).and_then(|pupil| pupil.group);
    let from = args.from.unwrap_or(desk.today());
    desk.perform(&Act::ChangeGroup(ChangeGroup { pupil, group, from, saw }))
}

/// Put a joiner down.
pub fn joiner(desk: &mut Desk<'_>, args: &JoinerArgs) -> Result<(), Failure> {
    let group = desk.group(&args.group)?;
    desk.perform(&Act::Enrol(Enrol {
        surname: clean(&args.surname),
        forename: clean(&args.forename),
        year: args.year,
        group,
        from: args.from.unwrap_or(desk.today()),
        admission_no: clean(&args.admission_no),
        upn: clean(&args.upn),
    }))
}

/// Give a joiner a number.
pub fn number(desk: &mut Desk<'_>, args: &NumberArgs) -> Result<(), Failure> {
    let pupil = desk.pupil_of_everybody(&args.name.join(" "))?;
    let (admission_no, upn) = (clean(&args.admission_no), clean(&args.upn));
    desk.perform(&Act::NumberJoiner(NumberJoiner { pupil, admission_no, upn }))
}
