//! `correct contact`: a contact's number, e-mail address, note, or place in the calling order.

use crate::cli::Failure;
use crate::cli::commands::act::call::contact;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, CorrectContact};
use crate::domain::name::clean;
use crate::domain::people::contact::{Contact, last_digits, masked};
use crate::domain::people::correction::ContactField;
use crate::domain::people::phone::same_number;

/// A contact's number, e-mail address, note, or place in the calling order; an empty word takes off what is held
#[derive(clap::Args, Debug)]
#[command(group = clap::ArgGroup::new("value").required(true))]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// Which contact: the place in the calling order, from 1, or part of the name
    #[arg(long, value_name = "N|NAME")]
    contact: String,
    /// The right telephone number
    #[arg(long, value_name = "NUMBER", group = "value")]
    number: Option<String>,
    /// The wrong one of several numbers: the whole number or its last three digits
    #[arg(long, value_name = "NUMBER", requires = "number", conflicts_with = "another")]
    instead: Option<String>,
    /// It is one more number: those that are held are right
    #[arg(long, requires = "number")]
    another: bool,
    /// The right e-mail address
    #[arg(long, value_name = "ADDRESS", group = "value")]
    email: Option<String>,
    /// What the caller should know
    #[arg(long, value_name = "WORDS", group = "value")]
    note: Option<String>,
    /// The place in the calling order, from 1
    #[arg(long, value_name = "N", group = "value")]
    order: Option<usize>,
}

/// Put it right.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let pupil = desk.pupil(&args.name.join(" "), desk.today())?;
    let day = desk.day()?;
    let contact = contact(desk, &day, pupil, &args.contact)?;
    let (field, becomes) = if let Some(number) = &args.number {
        (ContactField::Number, number.clone())
    } else if let Some(email) = &args.email {
        (ContactField::Email, email.clone())
    } else if let Some(note) = &args.note {
        (ContactField::Note, note.clone())
    } else {
        (ContactField::Order, args.order.unwrap_or_default().to_string())
    };
    let saw = match field {
        ContactField::Number => wrong_number(desk, contact, args)?,
        ContactField::Email | ContactField::Note | ContactField::Order => {
            day.roll.held_of(contact, field).into_iter().next().unwrap_or_default()
        }
    };
    let (contact, becomes) = (contact.id, clean(&becomes));
    desk.perform(&Act::CorrectContact(CorrectContact { pupil, contact, field, saw, becomes }))
}

/// The number that is put right: the only one, or the one that is named; empty for one more.
fn wrong_number(desk: &mut Desk<'_>, contact: &Contact, args: &Args) -> Result<String, Failure> {
    let is_meant = |number: &str, named: &str| same_number(number, named) || last_digits(number) == clean(named);
    let held = contact.phones.iter().map(|phone| &phone.number);
    let meant: Vec<&String> = match &args.instead {
        Some(named) => held.filter(|number| is_meant(number, named)).collect(),
        None => held.collect(),
    };
    match meant.as_slice() {
        _ if args.another => Ok(String::new()),
        [] if args.instead.is_none() => Ok(String::new()),
        [one] => Ok((*one).clone()),
        several => {
            let ends: Vec<String> = contact.phones.iter().map(|one| masked(&one.number)).collect();
            let (name, ends) = (contact.introduced(), ends.join(", "));
            desk.forbid(if several.is_empty() {
                format!("{name} has no such number: {ends}")
            } else {
                format!("{name} has several numbers, {ends}: name the wrong one with --instead, or say --another")
            })
        }
    }
}
