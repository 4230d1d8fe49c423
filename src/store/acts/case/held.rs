//! The case file of a pupil, as the acts about it ask for it.

use chrono::NaiveDate;

use crate::domain::act::Refusal;
use crate::domain::cases::case::Case;
use crate::domain::cases::file::CaseFile;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::cases;

/// The pupil's case file; an empty one where there is none yet.
pub fn file(work: &Work<'_>, id: PupilId) -> Result<CaseFile, Stop> {
    work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
    Ok(cases::files(work.connection, &work.roll.school, Some(id))?.remove(&id).unwrap_or_default())
}

/// Refuse while a case about the pupil is open.
pub fn none_open(work: &Work<'_>, id: PupilId, file: &CaseFile) -> Result<(), Stop> {
    match file.open_case() {
        Some(Case { opened, stage, owner, .. }) => {
            let (name, on) = (work.roll.name_and_group(id), opened.format("%a %-d %b %Y"));
            Err(Stop::forbidden(format!("{name} has a case that is open since {on}, at {stage}: {owner} sees to it")))
        }
        None => Ok(()),
    }
}

/// The stage of the school's ladder that is called so.
pub fn stage(work: &Work<'_>, name: &str) -> Result<(), Stop> {
    let stages = &work.roll.school.case_stages;
    if stages.iter().any(|stage| stage.name == name) {
        return Ok(());
    }
    let all: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
    Err(Stop::forbidden(format!("the school has no stage “{name}”: name one of {}", all.join(", "))))
}

/// Refuse a date that is still to come.
pub fn is_past(work: &Work<'_>, on: NaiveDate, what: &str) -> Result<(), Stop> {
    if on <= work.today() {
        return Ok(());
    }
    Err(Refusal::Dates(format!("{what} on {} has not come yet", on.format("%a %-d %b %Y"))).into())
}

/// Refuse a date that is past already.
pub fn is_to_come(work: &Work<'_>, on: NaiveDate, what: &str) -> Result<(), Stop> {
    if on >= work.today() {
        return Ok(());
    }
    Err(Refusal::Dates(format!("{what} is already past: {}", on.format("%a %-d %b %Y"))).into())
}
