//! Who is on the watch list.

use crate::domain::act::Refusal;
use crate::domain::facts::watched::Watched;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::watch;

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

/// The name on the list.
pub fn list_name(work: &Work<'_>, id: PupilId) -> String {
    work.roll.pupil(id).map_or_else(String::new, |pupil| work.roll.telling_name(pupil).to_string())
}

/// The entry of the pupil that stands today.
pub fn standing(work: &Work<'_>, id: PupilId) -> Result<Option<Watched>, Stop> {
    let all = watch::on(work.connection, &work.roll.school, work.today())?;
    Ok(all.into_iter().find(|one| one.pupil == id))
}
