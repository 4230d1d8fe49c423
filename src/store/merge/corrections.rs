//! What files bring beside what the office corrected: a correction that has come ends, any other stands, and is told.

use rusqlite::Connection;

use super::Merged;
use crate::domain::act_id::ActId;
use crate::domain::incoming::{IncomingContact, Place, Warning};
use crate::domain::people::contact::ContactId;
use crate::domain::people::correction::{Beside, Correction, CorrectionKind};
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
        }
    }
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
        let Some(system) = named.says(one.kind) else { continue };
        let text = format!("{pupil}: {}", one.tell(&named.row.name, &system));
        match one.beside(&system) {
            Beside::Arrived => {
                end(connection, one.id, act)?;
                merged.arrived += 1;
                merged.changes.push(text);
            }
            Beside::Waits | Beside::Differs => {
                merged.warnings.push(Warning { place: named.place.clone(), text });
            }
        }
    }
    Ok(())
}
