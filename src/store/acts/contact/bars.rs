//! The bars that stand on a contact: lifted, put back, and asked for.

use crate::domain::act::Refusal;
use crate::domain::act_id::ActId;
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;
use crate::store::tables::bar as bars;

/// Withdraw every bar on the contact; refused if none stands.
pub fn lift_all(work: &Work<'_>, id: PupilId, contact: ContactId) -> Result<(), Stop> {
    if bars::lift(work.connection, contact, work.act)? == 0 {
        return Err(Stop::forbidden(format!("no bar stands on {}", named(work, id, contact))));
    }
    Ok(roll::moved(work.connection)?)
}

/// Refuse where a bar has been lifted since `act`: the one that stands is another.
pub fn not_lifted_since(work: &Work<'_>, id: PupilId, contact: ContactId, act: ActId) -> Result<(), Stop> {
    if bars::lifted_since(work.connection, contact, act)? {
        let text = format!("the bar on {} was lifted since; one that stands now is another", named(work, id, contact));
        return Err(Stop::cannot_undo(text));
    }
    Ok(())
}

/// Refuse where a bar stands already.
pub fn not_yet_barred(work: &Work<'_>, id: PupilId, contact: ContactId) -> Result<(), Stop> {
    match bars::about(work.connection, id)?.into_iter().find(|bar| bar.contact == contact) {
        Some(bar) => Err(Stop::forbidden(format!("{} already", bar.describe()))),
        None => Ok(()),
    }
}

/// Let the bars that `by` lifted stand again.
pub fn restore(work: &Work<'_>, by: ActId) -> Result<(), Stop> {
    bars::restore(work.connection, by)?;
    Ok(roll::moved(work.connection)?)
}

/// The contact of the pupil; refused where there is none.
pub fn held<'a>(work: &Work<'a>, id: PupilId, contact: ContactId) -> Result<&'a Contact, Stop> {
    Ok(work.roll.contact(id, contact).ok_or(Refusal::Unknown { what: "contact" })?)
}

fn named(work: &Work<'_>, id: PupilId, contact: ContactId) -> String {
    work.roll.contact(id, contact).map_or_else(|| "this contact".to_owned(), Contact::introduced)
}
