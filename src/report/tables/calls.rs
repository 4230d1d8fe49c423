//! The calls about sessions of a date: who was rung, on which number, and what came of it.

use super::cell::Cell;
use super::{NumberRow, PUPIL, pupil_cells};
use crate::domain::day::Day;
use crate::domain::people::contact::Call;

/// Its headings. What a call gave is headed otherwise than the marks of a file: a list of calls is no register.
pub fn headings() -> Vec<&'static str> {
    let about = ["date", "session", "called_on", "called_at", "contact", "relationship", "number"];
    let told = ["outcome", "gave_code", "words", "ring_again_at", "called_by"];
    PUPIL.into_iter().chain(about).chain(told).collect()
}

/// The calls that stand, oldest first.
pub fn rows(day: &Day) -> Vec<NumberRow<'_>> {
    day.calls.iter().filter_map(|call| row(day, call)).collect()
}

fn row<'d>(day: &'d Day, call: &'d Call) -> Option<NumberRow<'d>> {
    let pupil = day.roll.pupil(call.pupil)?;
    let contact = call.contact.and_then(|id| day.roll.rung(pupil, id));
    let about = [
        Cell::Date(call.about.date),
        Cell::text(call.about.session.as_str()),
        Cell::Date(call.at.date()),
        Cell::Time(call.at.time()),
        Cell::text(contact.map_or("", |contact| &contact.name)),
        Cell::text(contact.map_or("", |contact| &contact.relationship)),
    ];
    let told = vec![
        Cell::text(call.outcome.describe()),
        Cell::some(call.code, |code| Cell::text(code.as_str().to_owned())),
        Cell::text(call.note.as_str()),
        Cell::some(call.call_back, Cell::Time),
        Cell::text(call.who.as_str()),
    ];
    Some(NumberRow {
        pupil: pupil.id.0,
        order: contact.map_or(0, |contact| contact.order),
        number: call.number.clone().unwrap_or_default(),
        before: pupil_cells(&day.roll, pupil).into_iter().chain(about).collect(),
        behind: told,
    })
}
