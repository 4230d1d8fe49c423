//! Telephone numbers to put right: found wrong when they were rung, or such that nobody can ring them; and whom nobody can be rung about.

use super::cell::Cell;
use super::{NumberRow, PUPIL, pupil_cells};
use crate::domain::day::Day;
use crate::domain::people::contact::{Contact, WrongNumber};
use crate::domain::people::phone::number_key;
use crate::domain::people::pupil::Pupil;

/// Its headings.
pub fn headings() -> Vec<&'static str> {
    let own = ["place", "contact", "relationship", "number", "what", "date", "found_by"];
    PUPIL.into_iter().chain(own).collect()
}

/// What is to be put right of everybody on roll, by pupil and in calling order.
pub fn rows(day: &Day) -> Vec<NumberRow<'_>> {
    day.on_roll().flat_map(|pupil| of_pupil(day, pupil)).collect()
}

fn of_pupil<'d>(day: &'d Day, pupil: &'d Pupil) -> Vec<NumberRow<'d>> {
    let contacts = day.roll.contacts(pupil.id);
    let row = |contact: Option<&'d Contact>, number: &str, what: &'static str, wrong: Option<&'d WrongNumber>| {
        let who = [
            Cell::some(contact.map(|contact| contact.order), Cell::Number),
            Cell::text(contact.map_or("", |contact| &contact.name)),
            Cell::text(contact.map_or("", |contact| &contact.relationship)),
        ];
        NumberRow {
            pupil: pupil.id.0,
            order: contact.map_or(0, |contact| contact.order),
            number: number.to_owned(),
            before: pupil_cells(&day.roll, pupil).into_iter().chain(who).collect(),
            behind: vec![
                Cell::text(what),
                Cell::some(wrong, |wrong| Cell::Date(wrong.at.date())),
                Cell::text(wrong.map_or("", |wrong| &wrong.who)),
            ],
        }
    };
    let mut rows = Vec::new();
    for contact in contacts.iter().filter(|contact| !contact.is_barred()) {
        for phone in &contact.phones {
            let wrong = day.wrong_numbers.iter().find(|one| one.contact == contact.id && phone.is(&one.number));
            if wrong.is_some() {
                rows.push(row(Some(contact), &phone.number, "found wrong when it was rung", wrong));
            } else if number_key(&phone.number).is_none() {
                rows.push(row(Some(contact), &phone.number, "no number: nothing can be dialled", None));
            }
        }
        if contact.phones.is_empty() {
            rows.push(row(Some(contact), "", "no number is held", None));
        }
    }
    if !contacts.iter().any(Contact::can_be_rung) {
        rows.push(row(None, "", "nobody can be rung about this pupil", None));
    }
    rows
}
