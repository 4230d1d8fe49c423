//! `correct`: what is put right of the roll before the system that it comes from has it.

mod contact;

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
}

/// Put it right.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        What::Contact(args) => contact::run(desk, args),
    }
}
