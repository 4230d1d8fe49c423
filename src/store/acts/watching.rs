//! The watch list: on it, and off it.

use super::{Stop, Work};
use crate::domain::act::{Act, Receipt, Refusal, Watch};
use crate::domain::act_id::ActId;
use crate::domain::facts::watched::Watched;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::tables::watch;

/// Put a pupil on the watch list.
pub fn watch(work: &Work<'_>, act: &Act) -> Result<Receipt, Stop> {
    let Act::Watch(Watch { pupil, reason, until, owner, review, instead }) = act else {
        return Err(Refusal::Unknown { what: "watch" }.into());
    };
    let (id, until) = (*pupil, *until);
    work.on_roll(id, work.today())?;
    if until.is_some_and(|until| until < work.today()) {
        return Err(Refusal::Dates("the last day to watch is already past".to_owned()).into());
    }
    let reason = clean(reason);
    if reason.is_empty() {
        return Err(Refusal::Forbidden("say why the pupil is to be watched".to_owned()).into());
    }
    // A review that is due stays due until somebody sets another; nobody sets one that is past already.
    let stood = standing(work, id)?.and_then(|watched| watched.review);
    if review.is_some_and(|review| review < work.today() && Some(review) != stood) {
        return Err(Refusal::Dates("the review date is already past".to_owned()).into());
    }
    match instead {
        Some(instead) => replace(work, id, *instead, work.act)?,
        None => not_yet_watched(work, id)?,
    }
    let owner = owner.as_deref().map(clean).filter(|owner| !owner.is_empty());
    watch::add(work.connection, work.act, id, &reason, until, (owner.as_deref(), *review))?;
    let says = if instead.is_some() { "changed on the watch list" } else { "is on the watch list" };
    Ok(work.receipt(format!("{} {says}", work.roll.name_and_group(id)), vec![id]))
}

/// Withdraw for `by` the entry that `instead` made; refused if it no longer stands.
pub fn replace(work: &Work<'_>, id: PupilId, instead: ActId, by: ActId) -> Result<(), Stop> {
    if watch::withdraw(work.connection, instead, by)? > 0 {
        return Ok(());
    }
    match standing(work, id)? {
        Some(Watched { reason, .. }) => Err(Refusal::AlreadyWatched { name: list_name(work, id), reason }.into()),
        None => Err(not_watched(work, id)),
    }
}

/// Take a pupil off the watch list.
pub fn unwatch(work: &Work<'_>, id: PupilId) -> Result<Receipt, Stop> {
    work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
    if standing(work, id)?.is_none() {
        return Err(not_watched(work, id));
    }
    watch::drop_pupil(work.connection, id, work.act)?;
    Ok(work.receipt(format!("{} is off the watch list", work.roll.name_and_group(id)), vec![id]))
}

/// Refuse if the pupil is on the list.
pub fn not_yet_watched(work: &Work<'_>, id: PupilId) -> Result<(), Stop> {
    match standing(work, id)? {
        Some(Watched { reason, .. }) => Err(Refusal::AlreadyWatched { name: list_name(work, id), reason }.into()),
        None => Ok(()),
    }
}

/// The refusal that the pupil is not on the list.
pub fn not_watched(work: &Work<'_>, id: PupilId) -> Stop {
    Refusal::NotWatched { name: list_name(work, id) }.into()
}

fn list_name(work: &Work<'_>, id: PupilId) -> String {
    work.roll.pupil(id).map_or_else(String::new, |pupil| pupil.list_name())
}

fn standing(work: &Work<'_>, id: PupilId) -> Result<Option<Watched>, Stop> {
    let all = watch::on(work.connection, &work.roll.school, work.today())?;
    Ok(all.into_iter().find(|one| one.pupil == id))
}
