//! `who`: one pupil's card.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::calendar::Calendar;

use super::amendments;
use super::card::Card;

/// One pupil's card: contacts, today's evidence, four weeks, figures, siblings, amendments
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
}

/// Show the card. On a closed day too: contacts are wanted most when school is out.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.local().time());
    let id = desk.pupil(&args.name, today)?;
    let past = desk.store.past(id, today)?;
    let amendments = amendments::facts(desk, id, Calendar::year_start(today), today)?;
    let day = desk.day()?;
    let card = day.roll.pupil(id).map(|pupil| Card::of(&day, pupil, now, &past, amendments));
    desk.answer("Pupil card.", "No such pupil.", card.into_iter().collect())
}
