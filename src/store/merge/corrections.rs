//! What files bring beside what the office corrected: a correction that has come ends, any other stands, and is told.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::Merged;
use super::meant::list_name;
use crate::domain::act_id::ActId;
use crate::domain::incoming::{IncomingContact, IncomingPupil, Place, Warning};
use crate::domain::people::contact::ContactId;
use crate::domain::people::correction::{Beside, Correction, CorrectionKind, long};
use crate::domain::people::pupil::PupilId;
use crate::store::tables::correction::end;

/// A contact that a file names.
pub struct Named<'a> {
    /// Our own number.
    pub contact: ContactId,
    /// The place among the contacts that the file gives the pupil, from 1.
    pub rank: usize,
    /// Where the row is.
    pub place: &'a Place,
    /// The row.
    pub row: &'a IncomingContact,
}

impl Named<'_> {
    /// What the file says of this kind; `None` where it says nothing.
    fn says(&self, kind: CorrectionKind) -> Option<Vec<String>> {
        let one = |text: &String| Some(text.clone()).filter(|text| !text.is_empty()).into_iter().collect();
        match kind {
            CorrectionKind::Number => self.row.phones.clone(),
            CorrectionKind::Email => self.row.email.as_ref().map(one),
            CorrectionKind::Note => self.row.note.as_ref().map(one),
            CorrectionKind::Order => Some(vec![self.rank.to_string()]),
            CorrectionKind::Contact | CorrectionKind::Group | CorrectionKind::LastDay | CorrectionKind::Joiner => None,
        }
    }
}

/// Whether the office added this contact, and no file has named them yet.
pub fn is_added(corrections: &[Correction], contact: ContactId) -> bool {
    corrections.iter().any(|one| one.kind == CorrectionKind::Contact && one.contact == Some(contact))
}

/// Whether the office put this pupil down, and no file has brought them yet.
pub fn is_joiner(corrections: &[Correction], pupil: i64) -> bool {
    corrections.iter().any(|one| one.kind == CorrectionKind::Joiner && one.pupil == PupilId(pupil))
}

/// Weigh what a row of a pupil says against the corrections of that pupil.
pub fn weigh_pupil(
    connection: &Connection,
    act: ActId,
    pupil: i64,
    (place, row): (&Place, &IncomingPupil),
    today: NaiveDate,
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    let of_pupil = |one: &&Correction| one.contact.is_none() && one.pupil == PupilId(pupil);
    for one in merged.corrections.iter().filter(of_pupil).cloned().collect::<Vec<_>>() {
        if let Some(from) = row.from.filter(|from| comes_back(&one, *from)) {
            // Kept, it would hide a pupil in school.
            let name = list_name(connection, pupil)?;
            let (from, last) = (long(from), one.kind.told(&one.becomes).unwrap_or_default());
            merged.changes.push(format!("{name} comes back on {from}: the last day put down here, {last}, ends"));
            end(connection, one.id, act)?;
            merged.arrived += 1;
            continue;
        }
        let system = match one.kind {
            CorrectionKind::Joiner => Some(vec![one.becomes.clone()]),
            CorrectionKind::Group => row.group.clone().map(|group| vec![group]),
            CorrectionKind::LastDay if row.stays => Some(Vec::new()),
            CorrectionKind::LastDay => row.until.map(|until| vec![until.to_string()]),
            CorrectionKind::Number
            | CorrectionKind::Email
            | CorrectionKind::Note
            | CorrectionKind::Order
            | CorrectionKind::Contact => None,
        };
        let Some(system) = system else { continue };
        // Back to the group that the system never left: that has come on its day, and no sooner.
        let is_to_come =
            |one: &Correction| one.kind.is_same(&one.was, &one.becomes) && one.from.is_some_and(|from| today < from);
        // With the last of several groups those before it are over.
        let is_over_with = |other: &Correction| {
            let is_later = of_pupil(&other) && other.kind == CorrectionKind::Group && one.from < other.from;
            is_later && !is_to_come(other) && other.beside(&system) == Beside::Arrived
        };
        if one.kind == CorrectionKind::Group && is_to_come(&one) {
            continue;
        }
        if one.kind == CorrectionKind::Group && merged.corrections.iter().any(is_over_with) {
            end(connection, one.id, act)?;
            merged.arrived += 1;
            continue;
        }
        let text = one.tell(&list_name(connection, pupil)?, &system);
        told(connection, act, (&one, &system), (place, text), merged)?;
    }
    Ok(())
}

/// Whether a first day is after the last day that was put down: the pupil has left, and is back.
fn comes_back(one: &Correction, from: NaiveDate) -> bool {
    one.kind == CorrectionKind::LastDay && one.becomes.parse::<NaiveDate>().is_ok_and(|last| last < from)
}

/// End a correction that has come; tell of one that stands.
fn told(
    connection: &Connection,
    act: ActId,
    (correction, system): (&Correction, &[String]),
    (place, text): (&Place, String),
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    match correction.beside(system) {
        Beside::Arrived => {
            end(connection, correction.id, act)?;
            merged.arrived += 1;
            merged.changes.push(text);
        }
        Beside::Waits | Beside::Differs => merged.warnings.push(Warning { place: place.clone(), text }),
    }
    Ok(())
}

/// Weigh what a row says against the corrections of the contact; `pupil` is the name of whose contact it is.
pub fn weigh(
    connection: &Connection,
    act: ActId,
    named: &Named<'_>,
    pupil: &str,
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    let of_contact = |one: &&Correction| one.contact == Some(named.contact);
    for one in merged.corrections.iter().filter(of_contact).cloned().collect::<Vec<_>>() {
        let system = if one.kind == CorrectionKind::Contact {
            vec![one.becomes.clone()]
        } else if let Some(system) = named.says(one.kind) {
            system
        } else {
            continue;
        };
        let text = format!("{pupil}: {}", one.tell(&named.row.name, &system));
        told(connection, act, (&one, &system), (named.place, text), merged)?;
    }
    Ok(())
}
