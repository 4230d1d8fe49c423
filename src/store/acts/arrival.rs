//! Logging an arrival.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::act::{Receipt, Refusal};
use crate::domain::evidence::{Fact, Mark};
use crate::domain::pupil::PupilId;
use crate::domain::session::{Session, SessionDate};

use super::super::{evidence, mark};
use super::{Stop, Work};

/// Log that a pupil arrived. One arrival stands for a session: a second is refused with the first.
pub fn log(
    work: &Work<'_>,
    id: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    reason: Option<&str>,
) -> Result<Receipt, Stop> {
    work.on_roll(id, date)?;
    let times = work.times(date)?;
    let session = times.arriving(time);
    let ends = times.of(session).ends;
    if session == Session::Pm && time >= ends {
        return Err(Refusal::SessionOver { what: time.format("%H:%M").to_string(), session, ends }.into());
    }
    let at = SessionDate::new(date, session);
    let name = work.roll.name_and_group(id);
    for one in evidence::of(work.connection, &work.roll.school, id, at)? {
        if let Fact::Gate { time, .. } = one.fact {
            let mark = mark::standing(work.connection, at, id)?.settled;
            let mark = mark.unwrap_or(Mark::plain(crate::domain::code::Code::L));
            return Err(Refusal::AlreadyIn { name, time, by: one.who, mark }.into());
        }
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    let said = reason.as_ref().map(|reason| format!(", {reason}")).unwrap_or_default();
    evidence::add(work.connection, work.act, id, at, at, &Fact::Gate { time, reason })?;
    let done = work.settle_again(id, at, None)?;
    Ok(work.receipt(format!("{name} {}{said}", done.why), vec![id]))
}
