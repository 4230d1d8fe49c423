//! Entering or amending a mark by office decision.

use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::{Fact, Mark, or_blank};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::timeline::Timeline;
use crate::store::tables::{evidence, mark};

/// Amend the mark of a pupil-session. A reason is needed once its register has closed.
pub fn amend(
    work: &Work<'_>,
    id: PupilId,
    at: SessionDate,
    to: Mark,
    reason: &str,
    saw: ActId,
) -> Result<Receipt, Stop> {
    let pupil = work.on_roll(id, at.date)?;
    let times = work.session(at)?;
    work.check_mark(to, at, pupil)?;
    if work.local < at.date.and_time(times.opens) {
        return Err(Refusal::Forbidden(format!("{at} has not begun: report the absence instead of marking it")).into());
    }
    work.unchanged_since(pupil, at, saw)?;
    let standing = mark::standing(work.connection, at, id)?;
    // The mark that stands may be confirmed where the evidence contradicts it, or where it is a register's O, which is followed up
    // until the office has decided it.
    let same = standing.settled.filter(|now| now.code == to.code && (to.minutes.is_none() || *now == to));
    let is_open = |line: &Timeline<'_>, mark| {
        line.contradiction(at.session).is_some() || line.is_o_from_register(at.session, mark)
    };
    if let Some(mark) = same
        && !work.with_timeline(id, at.date, |line| is_open(line, mark))?
    {
        return Err(Refusal::AlreadySo { name: work.roll.name_and_group(id), mark }.into());
    }
    let reason = clean(reason);
    if reason.is_empty() && work.local >= at.date.and_time(times.closes) {
        return Err(Refusal::ReasonNeeded { at }.into());
    }
    let fact = Fact::Office { mark: to, reason: reason.clone() };
    evidence::add(work.connection, work.act, id, at, at, &fact)?;
    let done = work.settle(id, at, Said::words(&reason))?;
    let now = done.now.unwrap_or(to);
    let did = match done.was {
        Some(was) if was == now => format!("{now} confirmed"),
        was => format!("{} amended to {now}", or_blank(was)),
    };
    let day = if at.date == work.today() { at.session.to_string() } else { at.to_string() };
    Ok(work.receipt(format!("{} {day}: {did}", work.roll.name_and_group(id)), vec![id]))
}
