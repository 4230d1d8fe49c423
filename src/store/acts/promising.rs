//! Promises: who is on the way, and who asked to be rung. None of it changes a mark.

use super::{Stop, Work};
use crate::domain::act::{Act, LogPromise, Receipt, Refusal};
use crate::domain::name::clean;
use crate::store::tables::promise;

/// Record what somebody told the school will happen today.
pub fn promise(work: &Work<'_>, act: &Act) -> Result<Receipt, Stop> {
    let Act::LogPromise(LogPromise { pupils, at, promise, by, words, channel }) = act else {
        return Err(Refusal::Unknown { what: "act" }.into());
    };
    work.comes_and_goes(at.date)?;
    if at.date != work.today() {
        return Err(Refusal::Dates("a promise is of today: of another day, report the absence".to_owned()).into());
    }
    if promise.time() < work.local.time() {
        let says = format!("{} is past: give a time that is still to come", promise.time().format("%H:%M"));
        return Err(Refusal::Dates(says).into());
    }
    let by = work.said(by, "say who told us: the record must show it")?;
    let first = pupils.first().ok_or(Refusal::Unknown { what: "pupil" })?;
    let told = promise::Told { promise: *promise, by: &by, words: &clean(words), channel: *channel };
    for (place, id) in pupils.iter().enumerate() {
        work.on_roll(*id, at.date)?;
        if !pupils.iter().take(place).any(|earlier| earlier == id) {
            promise::add(work.connection, work.act, *id, *at, &told)?;
        }
    }
    let more = if pupils.len() > 1 { format!(" and {} more", pupils.len() - 1) } else { String::new() };
    let says = format!("{}{more}: {}", work.roll.name_and_group(*first), promise.says());
    Ok(work.receipt(says, pupils.clone()))
}
