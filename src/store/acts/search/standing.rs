//! The open searches.

use chrono::NaiveDate;

use crate::domain::act::Refusal;
use crate::domain::act_id::ActId;
use crate::domain::facts::search::Search;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::search;

/// Refuse while a search for the pupil goes on.
pub fn none_open(work: &Work<'_>, id: PupilId, date: NaiveDate) -> Result<(), Stop> {
    let searches = search::on(work.connection, &work.roll.school, date)?;
    match searches.into_iter().find(|one| one.pupil == id && one.is_open()) {
        Some(first) => {
            let name = work.roll.name_and_group(id);
            let text = format!("{name} is being looked for since {} by {}", first.opened.format("%H:%M"), first.who);
            Err(Refusal::DoneAlready { says: text, at_gate: None, by: first.who, at: first.opened.time() }.into())
        }
        None => Ok(()),
    }
}

/// The pupil's name and the date of a search that goes on; refused with its end where it does not.
pub fn going_on(work: &Work<'_>, opened: ActId, id: PupilId) -> Result<(String, NaiveDate), Stop> {
    let name = work.roll.name_and_group(id);
    let date = search::date_of(work.connection, opened)?.ok_or(Refusal::Unknown { what: "search" })?;
    let found = search::on(work.connection, &work.roll.school, date)?;
    match found.into_iter().find(|one| one.act == opened && one.pupil == id) {
        Some(Search { ended: Some(end), .. }) => {
            let (outcome, at, by) = (end.how(), end.at.time(), end.who);
            let when = at.format("%H:%M");
            let text = format!("the search for {name} was over at {when}: {outcome}, {}, by {by}", end.words);
            Err(Refusal::DoneAlready { says: text, at_gate: None, by, at }.into())
        }
        Some(_) => Ok((name, date)),
        None => Err(Refusal::Unknown { what: "search" }.into()),
    }
}
