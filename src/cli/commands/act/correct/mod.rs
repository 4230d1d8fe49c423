//! `correct`: what is put right of the roll before the system that it comes from has it.

mod contact;
mod new_contact;
mod pupil;

use clap::Subcommand;

use crate::cli::Failure;
use crate::cli::desk::Desk;

/// Put something of the roll right before your system does: it is kept until an import brings it
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What is put right.
#[derive(Subcommand, Debug)]
enum What {
    Contact(contact::Args),
    NewContact(new_contact::Args),
    Leaver(pupil::LeaverArgs),
    Group(pupil::GroupArgs),
    Joiner(pupil::JoinerArgs),
    JoinerNumber(pupil::NumberArgs),
}

/// Put it right.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        What::Contact(args) => contact::run(desk, args),
        What::NewContact(args) => new_contact::run(desk, args),
        What::Leaver(args) => pupil::leaver(desk, args),
        What::Group(args) => pupil::group(desk, args),
        What::Joiner(args) => pupil::joiner(desk, args),
        What::JoinerNumber(args) => pupil::number(desk, args),
    }
}
