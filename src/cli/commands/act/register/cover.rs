//! `cover`: somebody else takes a register, or in another room.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::session;
use crate::domain::act::{Act, Cover};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::name::clean;

/// Say who covers a register today, and where; with neither, the tutor takes it after all
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The tutor group
    group: String,
    /// Who takes it
    #[arg(long, value_name = "NAME")]
    teacher: Option<String>,
    /// Where, if not in the usual room
    #[arg(long)]
    room: Option<String>,
    /// Which session, if not the current one
    #[arg(long, value_name = "AM|PM", value_parser = session)]
    session: Option<Session>,
}

/// Record it for today.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let current = desk.current()?;
    let at = SessionDate::new(current.date, args.session.unwrap_or(current.session));
    let group = desk.group(&args.group)?;
    let (teacher, room) = (args.teacher.as_deref().map(clean), args.room.as_deref().map(clean));
    desk.perform(&Act::Cover(Cover { group, at, teacher, room }))
}
