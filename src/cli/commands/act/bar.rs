//! `bar`: who must not be contacted about a pupil, and who may be again.

use super::call::contact;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, Bar, LiftBar};
use crate::domain::name::clean;

/// Bar a contact who must not be contacted about a pupil, or lift the bar; no file lifts one
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// Which contact: the place in the calling order, from 1, or part of the name
    #[arg(long, value_name = "N|NAME")]
    contact: String,
    /// Why: “court order of 3 March”
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Lift the bar: they may be contacted again
    #[arg(long)]
    lift: bool,
}

/// Set it, or lift it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let pupil = desk.pupil(&args.name.join(" "), desk.today())?;
    let day = desk.day()?;
    let contact = contact(desk, &day, pupil, &args.contact)?.id;
    let reason = clean(&args.reason);
    desk.perform(&if args.lift {
        Act::LiftBar(LiftBar { pupil, contact, reason })
    } else {
        Act::Bar(Bar { pupil, contact, reason })
    })
}

impl Args {
    /// Whether it lifts a bar.
    pub fn lifts(&self) -> bool {
        self.lift
    }
}
