//! Searches: opened, noted upon from any desk, and ended once.

use chrono::NaiveDate;

use super::presence::moment;
use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::facts::search::{FoundWhere, Search, SearchOutcome};
use crate::domain::people::pupil::PupilId;
use crate::store::tables::{presence, search};

/// Open a search. One goes on for a pupil at a time: a second is refused with the first.
pub fn open(work: &Work<'_>, id: PupilId, date: NaiveDate, last_seen: &str) -> Result<Receipt, Stop> {
    work.on_roll(id, date)?;
    work.comes_and_goes(date)?;
    none_open(work, id, date)?;
    let name = work.roll.name_and_group(id);
    let last_seen = work.said(last_seen, "say where and when the pupil was last seen")?;
    search::add(work.connection, work.act, work.act, id, date, search::OPENED, &last_seen)?;
    Ok(work.receipt(format!("Looking for {name}, last seen {last_seen}"), vec![id]))
}

/// Refuse while a search for the pupil goes on.
pub fn none_open(work: &Work<'_>, id: PupilId, date: NaiveDate) -> Result<(), Stop> {
    let searches = search::on(work.connection, &work.roll.school, date)?;
    match searches.into_iter().find(|one| one.pupil == id && one.is_open()) {
        Some(first) => {
            let name = work.roll.name_and_group(id);
            let says = format!("{name} is being looked for since {} by {}", first.opened.format("%H:%M"), first.who);
            Err(Refusal::DoneAlready { says, at_gate: None, by: first.who, at: first.opened.time() }.into())
        }
        None => Ok(()),
    }
}

/// Note something on a search that goes on.
pub fn note(work: &Work<'_>, opened: ActId, id: PupilId, words: &str) -> Result<Receipt, Stop> {
    let (name, date) = going_on(work, opened, id)?;
    let words = work.said(words, "say what is to be noted")?;
    search::add(work.connection, work.act, opened, id, date, search::NOTE, &words)?;
    Ok(work.receipt(format!("{name}: {words}"), vec![id]))
}

/// End a search: found where, or handed on to whom. Who was found on site was seen there at that moment.
pub fn end(
    work: &Work<'_>,
    opened: ActId,
    id: PupilId,
    outcome: SearchOutcome,
    found: Option<FoundWhere>,
    words: &str,
) -> Result<Receipt, Stop> {
    let (name, date) = going_on(work, opened, id)?;
    let wanting = match outcome {
        SearchOutcome::Found => "say where the pupil was found",
        SearchOutcome::Escalated => "say whom it was handed on to",
    };
    let words = work.said(words, wanting)?;
    search::add(work.connection, work.act, opened, id, date, outcome.as_str(), &words)?;
    let seen = outcome == SearchOutcome::Found && found == Some(FoundWhere::OnSite);
    if seen && date == work.today() {
        let time = work.local.time();
        presence::sight(work.connection, work.act, id, date, time, true, &words)?;
        work.settle_if_told(id, moment(work, date, time), Said::words(&words))?;
    }
    Ok(work.receipt(format!("{name} {}: {words}", outcome.how(found)), vec![id]))
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
            let says = format!("the search for {name} was over at {when}: {outcome}, {}, by {by}", end.words);
            Err(Refusal::DoneAlready { says, at_gate: None, by, at }.into())
        }
        Some(_) => Ok((name, date)),
        None => Err(Refusal::Unknown { what: "search" }.into()),
    }
}
