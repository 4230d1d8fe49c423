//! The changes as a table in our own columns: for a person, or for a program that was written for it.

use super::as_csv;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::handback::MarkChange;
use crate::domain::school::roll::Roll;

const HEADINGS: [&str; 13] = [
    "Adno",
    "UPN",
    "Surname",
    "Forename",
    "Reg",
    "Date",
    "Session",
    "Was",
    "Now",
    "Minutes late",
    "Reason",
    "Changed by",
    "Changed at",
];

/// The table. It begins with a byte order mark, without which Excel misreads accents.
pub fn text(roll: &Roll, changes: &[&MarkChange]) -> String {
    let rows = changes.iter().map(|change| row(roll, change));
    format!("\u{feff}{}", as_csv(std::iter::once(HEADINGS.map(str::to_owned)).chain(rows)))
}

fn row(roll: &Roll, change: &MarkChange) -> [String; 13] {
    let code = |mark: Option<Mark>| mark.map(|mark| mark.code.to_string()).unwrap_or_default();
    let minutes = change.now.and_then(|mark| mark.minutes).map(|minutes| minutes.to_string());
    let pupil = roll.pupil(change.pupil);
    [
        pupil.and_then(|one| one.admission_no.clone()).unwrap_or_default(),
        pupil.and_then(|one| one.upn.clone()).unwrap_or_default(),
        pupil.map(|one| one.surname.clone()).unwrap_or_default(),
        pupil.map(|one| one.forename.clone()).unwrap_or_default(),
        pupil.and_then(|one| roll.group(one.group?)).map(|group| group.name.clone()).unwrap_or_default(),
        change.at.date.format("%d/%m/%Y").to_string(),
        change.at.session.to_string(),
        code(change.was),
        code(change.now),
        minutes.unwrap_or_default(),
        change.reason.clone(),
        format!("{} ({})", change.by, change.post),
        change.changed.format("%d/%m/%Y %H:%M").to_string(),
    ]
}
