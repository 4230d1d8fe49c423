//! Who should get which letter by the school's rules.

use chrono::NaiveDate;

use super::rows::SuggestionFacts;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::domain::act::Refusal;
use crate::domain::cases::letters::suggest::Suggestion;
use crate::domain::counted::counted;

/// List them.
pub fn run(desk: &mut Desk<'_>, on: NaiveDate) -> Result<(), Failure> {
    let found = suggested(desk, on)?;
    desk.exports("letters that are suggested", None)?;
    let roll = desk.store.roll().clone();
    let many = found.iter().filter(|one| one.against.is_none()).count();
    let fact = |one: Suggestion| {
        let pupil = PupilFacts::of(&roll, roll.pupil(one.pupil)?);
        Some(SuggestionFacts { pupil, letter: one.letter, why: one.why, against: one.against })
    };
    let rows: Vec<SuggestionFacts> = found.into_iter().filter_map(fact).collect();
    let left_out = rows.len() - many;
    let heading = format!("{} suggested for {on}, {left_out} left out.", counted(many, "letter"));
    desk.answer(&heading, "No letter is suggested.", rows)
}

/// Everybody of whom a rule suggests a letter on a day, also where something speaks against it; in order of the roll.
pub fn suggested(desk: &mut Desk<'_>, on: NaiveDate) -> Result<Vec<Suggestion>, Failure> {
    if on > desk.today() {
        return desk.refuse(&Refusal::Dates(format!("{on} is still to come: nobody knows the figures of it")));
    }
    let now = desk.now();
    Ok(desk.store.letters_suggested(on, None, now)?)
}
