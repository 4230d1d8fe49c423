//! Letters as a table for a mail merge, a row for each recipient.

use super::sheet::Sheet;
use crate::domain::cases::letters::{Letter, Paper};
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;

/// So many lines of an address have columns; the last has the rest.
const LINES: usize = 6;

/// The headings.
pub const HEADINGS: [&str; 26] = [
    "reference",
    "letter",
    "date",
    "admission_no",
    "pupil",
    "group",
    "to",
    "relationship",
    "address_1",
    "address_2",
    "address_3",
    "address_4",
    "address_5",
    "address_6",
    "language",
    "delivery",
    "from",
    "until",
    "attendance",
    "possible",
    "attended",
    "authorised",
    "unauthorised",
    "lates",
    "minutes",
    "text",
];

/// The cells of one letter, under [`HEADINGS`].
pub fn cells(roll: &Roll, pupil: &Pupil, letter: &Letter, paper: &Paper, sheet: &Sheet) -> Vec<String> {
    let contact = letter.parent.contact.and_then(|contact| roll.contact(pupil.id, contact));
    let figures = &paper.figures;
    let percent = figures.attendance_tenths().map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let mut address: Vec<String> = paper.address.iter().take(LINES - 1).cloned().collect();
    let rest = paper.address.get(LINES - 1..).unwrap_or_default().join(", ");
    address.extend((!rest.is_empty()).then_some(rest));
    address.resize(LINES, String::new());
    let mut cells = vec![
        sheet.reference.to_string(),
        letter.template.clone(),
        letter.on.to_string(),
        pupil.admission_no.clone().unwrap_or_default(),
        pupil.list_name(),
        roll.group_name(pupil).to_owned(),
        letter.parent.name.clone(),
        contact.map(|contact| contact.relationship.clone()).unwrap_or_default(),
    ];
    cells.extend(address);
    let delivery = if paper.address.is_empty() { "by hand" } else { "post" };
    cells.extend([
        letter.language.clone().unwrap_or_default(),
        delivery.to_owned(),
        letter.from.to_string(),
        letter.to.to_string(),
        percent.unwrap_or_default(),
        figures.possible.to_string(),
        figures.attended.to_string(),
        figures.authorised.to_string(),
        figures.unauthorised.to_string(),
        figures.lates.to_string(),
        figures.minutes.to_string(),
        paper.text.clone(),
    ]);
    cells
}
