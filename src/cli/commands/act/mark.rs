//! `mark`: enter or amend a mark by office decision.

use chrono::NaiveDate;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{code, date, session};
use crate::domain::act::{Act, Amend, AmendSeveral};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::name::clean;

/// Enter or amend a pupil's mark
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// The code
    #[arg(value_parser = code)]
    code: Code,
    /// Which session, if not the current one
    #[arg(long, value_name = "AM|PM", value_parser = session)]
    session: Option<Session>,
    /// Which date, if not today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "session")]
    date: Option<NaiveDate>,
    /// Who else is given the code, each name in quotes: one act for all
    #[arg(long, value_name = "NAME", num_args = 1..)]
    and: Vec<String>,
    /// Why: it goes into the amendment record
    #[arg(long)]
    reason: String,
}

/// Amend the mark as it stands now.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = match args.session {
        Some(session) => SessionDate::new(args.date.unwrap_or(desk.today()), session),
        None => desk.current()?,
    };
    let pupil = desk.pupil(&args.name, at.date)?;
    let saw = desk.store.revision(pupil, at)?;
    if !args.and.is_empty() {
        let mut marks = vec![(pupil, at, saw)];
        for name in &args.and {
            let pupil = desk.pupil(name, at.date)?;
            marks.push((pupil, at, desk.store.revision(pupil, at)?));
        }
        return desk.perform(&Act::AmendSeveral(AmendSeveral { marks, code: args.code, reason: clean(&args.reason) }));
    }
    desk.perform(&Act::Amend(Amend { pupil, at, code: args.code, minutes: None, reason: clean(&args.reason), saw }))
}
