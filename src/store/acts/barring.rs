//! Who must not be contacted: a bar set, and lifted. No file lifts one.

use super::{Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::pupil::PupilId;
use crate::store::read::roll;
use crate::store::tables::bar as bars;

/// Bar a contact of the pupil's.
pub fn bar(work: &Work<'_>, id: PupilId, contact: ContactId, reason: &str) -> Result<Receipt, Stop> {
    let contact = held(work, id, contact)?;
    not_yet_barred(work, id, contact.id)?;
    let reason = work.said(reason, "say why they must not be contacted")?;
    bars::add(work.connection, work.act, contact.id, &contact.person(), &reason)?;
    roll::moved(work.connection)?;
    let (name, who) = (work.roll.name_and_group(id), contact.introduced());
    Ok(work.receipt(format!("{name}: {who} must not be contacted: {reason}"), vec![id]))
}

/// Lift the bar on a contact of the pupil's, in every spelling.
pub fn lift(work: &Work<'_>, id: PupilId, contact: ContactId, reason: &str) -> Result<Receipt, Stop> {
    let contact = held(work, id, contact)?;
    let reason = work.said(reason, "say why they may be contacted again")?;
    lift_all(work, id, contact.id)?;
    let (name, who) = (work.roll.name_and_group(id), contact.introduced());
    Ok(work.receipt(format!("{name}: {who} may be contacted: {reason}"), vec![id]))
}

/// Withdraw every bar on the contact; refused if none stands.
pub fn lift_all(work: &Work<'_>, id: PupilId, contact: ContactId) -> Result<(), Stop> {
    if bars::lift(work.connection, contact, work.act)? == 0 {
        return Err(Refusal::Forbidden(format!("no bar stands on {}", named(work, id, contact))).into());
    }
    Ok(roll::moved(work.connection)?)
}

/// Refuse where a bar has been lifted since `act`: the one that stands is another.
pub fn not_lifted_since(work: &Work<'_>, id: PupilId, contact: ContactId, act: ActId) -> Result<(), Stop> {
    if bars::lifted_since(work.connection, contact, act)? {
        let says = format!("the bar on {} was lifted since; one that stands now is another", named(work, id, contact));
        return Err(Refusal::CannotUndo(says).into());
    }
    Ok(())
}

/// Refuse where a bar stands already.
pub fn not_yet_barred(work: &Work<'_>, id: PupilId, contact: ContactId) -> Result<(), Stop> {
    match bars::about(work.connection, id)?.into_iter().find(|bar| bar.contact == contact) {
        Some(bar) => Err(Refusal::Forbidden(format!("{} already", bar.says())).into()),
        None => Ok(()),
    }
}

/// Let the bars that `by` lifted stand again.
pub fn restore(work: &Work<'_>, by: ActId) -> Result<(), Stop> {
    bars::restore(work.connection, by)?;
    Ok(roll::moved(work.connection)?)
}

fn held<'a>(work: &Work<'a>, id: PupilId, contact: ContactId) -> Result<&'a Contact, Stop> {
    Ok(work.roll.contact(id, contact).ok_or(Refusal::Unknown { what: "contact" })?)
}

fn named(work: &Work<'_>, id: PupilId, contact: ContactId) -> String {
    work.roll.contact(id, contact).map_or_else(|| "this contact".to_owned(), Contact::introduced)
}
