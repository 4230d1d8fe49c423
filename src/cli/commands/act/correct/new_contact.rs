//! `correct new-contact`: somebody who may be contacted, and whom the system has not yet.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, AddContact};
use crate::domain::name::clean;

/// Somebody who may be contacted about a pupil, and whom your system has not yet
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// Who it is, as addressed: “Mrs Khan”
    #[arg(long, value_name = "NAME")]
    contact: String,
    /// “mother”
    #[arg(long, value_name = "WORDS", default_value = "")]
    relationship: String,
    /// Telephone number
    #[arg(long, value_name = "NUMBER", default_value = "")]
    number: String,
    /// E-mail address
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    email: String,
    /// What the caller should know
    #[arg(long, value_name = "WORDS", default_value = "")]
    note: String,
    /// The place in the calling order, from 1; else the last
    #[arg(long, value_name = "N")]
    order: Option<usize>,
}

/// Add the contact.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let pupil = desk.pupil(&args.name.join(" "), desk.today())?;
    desk.perform(&Act::AddContact(AddContact {
        pupil,
        name: clean(&args.contact),
        relationship: clean(&args.relationship),
        number: clean(&args.number),
        email: clean(&args.email),
        note: clean(&args.note),
        order: args.order,
    }))
}
