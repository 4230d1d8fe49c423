//! `numbers`: telephone numbers that were found wrong and are to be put right.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::desk::showing::Numbers;
use crate::cli::text::clock;
use crate::domain::day::Day;
use crate::domain::people::contact::WrongNumber;

/// One number.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NumberFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    order: i64,
    contact: String,
    relationship: String,
    number: String,
    on: NaiveDate,
    at: String,
    by: String,
}

/// Telephone numbers that were found wrong and are to be put right
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    numbers: Numbers,
}

/// List them, by pupil. On a closed day too: that is when there is time for it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.check_may_reveal(args.numbers)?;
    let day = desk.day()?;
    let mut wrong: Vec<&WrongNumber> = day.wrong_numbers.iter().collect();
    wrong.sort_by_key(|one| (day.roll.place(one.pupil), one.contact));
    let mut rows: Vec<NumberFacts> = wrong.into_iter().filter_map(|one| facts(&day, one)).collect();
    for row in &mut rows {
        desk.reveal_numbers(args.numbers, row.pupil.pupil, std::iter::once((row.order, &mut row.number)))?;
    }
    desk.answer(&format!("Numbers to put right: {}.", rows.len()), "No number waits to be put right.", rows)
}

fn facts(day: &Day, wrong: &WrongNumber) -> Option<NumberFacts> {
    let contact = day.roll.contact(wrong.pupil, wrong.contact)?;
    Some(NumberFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(wrong.pupil)?),
        order: contact.order,
        contact: contact.name.clone(),
        relationship: contact.relationship.clone(),
        number: wrong.number.clone(),
        on: wrong.at.date(),
        at: clock(wrong.at.time()),
        by: wrong.who.clone(),
    })
}

impl Row for NumberFacts {
    /// "Khan, Amira, 8KM: Mrs Khan, mother, •••• 310, found wrong on 24 Nov at 09:31 by S Marsh."
    fn lines(&self) -> Vec<String> {
        let relationship =
            if self.relationship.is_empty() { String::new() } else { format!(", {}", self.relationship) };
        let (pupil, on) = (self.pupil.introduced(), self.on.format("%-d %b"));
        let (contact, number, at, by) = (&self.contact, &self.number, &self.at, &self.by);
        vec![format!("{pupil}: {contact}{relationship}, {number}, found wrong on {on} at {at} by {by}.")]
    }
}
