//! Out of the building and back, looked for and seen, confirmed by a provider. A departure explains what follows it; a sighting ends what was told; "not there" ends an arrangement.

use chrono::{NaiveDate, NaiveTime};

use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::is_elsewhere;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::reason::offer;
use crate::store::tables::{evidence, mark, presence};

/// Record that a pupil goes out or comes back. Nobody goes out twice, or comes back who has not gone: that is refused with the
/// first. (Who comes for the first time today is an arrival.)
pub fn go(
    work: &Work<'_>,
    id: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    way: Way,
    reason: &str,
) -> Result<Receipt, Stop> {
    work.on_roll(id, date)?;
    let is_school_day = work.comes_and_goes(date)?;
    work.has_come(date, time)?;
    may_go(work, id, date, time, way)?;
    let reason = clean(reason);
    if way == Way::Out && reason.is_empty() {
        return Err(Refusal::Forbidden("say why the pupil goes out".to_owned()).into());
    }
    // What the words explain is what the table says today: another table does not settle yesterday again.
    // What the school has to grant (a funeral: C) no departure grants by itself.
    let code = offer(&reason, &work.roll.school.reasons).and_then(|offer| offer.code);
    let code = code.filter(|code| work.roll.codes.arranged(*code).is_none());
    presence::go(work.connection, work.act, id, date, time, way, (&reason, code.filter(|_| way == Way::Out)))?;
    if is_school_day {
        work.settle(id, moment(work, date, time), Said::words(&reason))?;
    }
    let did = if way == Way::Out { "out" } else { "back" };
    let said = if reason.is_empty() { String::new() } else { format!(", {reason}") };
    let name = work.roll.name_and_group(id);
    Ok(work.receipt_of_gate(format!("{name} {did} {}{said}", time.format("%H:%M")), vec![id]))
}

/// The session in which a moment lies.
pub fn moment(work: &Work<'_>, date: NaiveDate, time: NaiveTime) -> SessionDate {
    SessionDate::new(date, work.roll.hours(date).arriving(time))
}

/// Refuse what does not follow on the pupil's last movement of the day.
pub fn may_go(work: &Work<'_>, id: PupilId, date: NaiveDate, time: NaiveTime, way: Way) -> Result<(), Stop> {
    let name = work.roll.name_and_group(id);
    let all = presence::movements_on(work.connection, date)?;
    let mut last = all.into_iter().rfind(|one| one.pupil == id);
    // An arrival at the gate is a way back too.
    if let Some(out) = last.as_mut().filter(|last| last.way == Way::Out) {
        for one in evidence::of(work.connection, &work.roll.school, id, date)? {
            if let Some(time) = one.fact.arrived().filter(|came| out.time <= *came) {
                (out.way, out.time, out.who) = (Way::Back, time, one.who);
            }
        }
    }
    // Whoever was seen since, in a lesson or on a sweep, can go out again, though nobody logged them back.
    let is_out = || work.with_timeline(id, date, |line| line.departed().is_some());
    match (way, &last) {
        (Way::Out, Some(last)) if last.way == Way::Out && is_out()? => {
            let since = format!("{name} is out already: since {}", last.time.format("%H:%M"));
            return Err(done_already(since, last).into());
        }
        (Way::Back, None) => {
            return Err(Refusal::Forbidden(format!("{name} has not gone out: log an arrival instead")).into());
        }
        (Way::Back, Some(last)) if last.way == Way::Back => {
            let since = format!("{name} is back already: since {}", last.time.format("%H:%M"));
            return Err(done_already(since, last).into());
        }
        _ => {}
    }
    if last.as_ref().is_some_and(|last| time < last.time) {
        let says = format!("{name}: {} is before the last time logged", time.format("%H:%M"));
        return Err(Refusal::Forbidden(says).into());
    }
    Ok(())
}

/// That somebody logged it before: `since` says what and when.
fn done_already(since: String, last: &Movement) -> Refusal {
    let says = format!("{since}, logged by {}", last.who);
    Refusal::DoneAlready { says, at_gate: Some(since), by: last.who.clone(), at: last.time }
}

/// Refuse to take back a movement that another has followed.
pub fn is_last(work: &Work<'_>, id: PupilId, date: NaiveDate, act: ActId) -> Result<(), Stop> {
    let all = presence::movements_on(work.connection, date)?;
    match all.into_iter().rfind(|one| one.pupil == id) {
        Some(last) if last.act != act => {
            let name = work.roll.name_and_group(id);
            let says = format!(
                "{name} was logged {} at {} since: take that back first",
                last.way.as_str(),
                last.time.format("%H:%M")
            );
            Err(Refusal::CannotUndo(says).into())
        }
        _ => Ok(()),
    }
}

/// Record that a pupil was looked for.
pub fn sight(
    work: &Work<'_>,
    id: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    seen: bool,
    place: &str,
) -> Result<Receipt, Stop> {
    work.on_roll(id, date)?;
    work.has_come(date, time)?;
    let place = work.said(place, "say where they were looked for")?;
    presence::sight(work.connection, work.act, id, date, time, seen, &place)?;
    work.settle_if_told(id, moment(work, date, time), Said::words(&place))?;
    let seen = if seen { "seen" } else { "NOT seen" };
    Ok(work.receipt_of_gate(format!("{} {seen}, {place}", work.roll.name_and_group(id)), vec![id]))
}

/// Record what a provider says of pupils who are due with them. Of who is not elsewhere by arrangement nobody can say it: that is
/// refused with the mark that stands.
pub fn confirm(
    work: &Work<'_>,
    pupils: &[PupilId],
    at: SessionDate,
    there: bool,
    said_by: &str,
) -> Result<Receipt, Stop> {
    work.is_followed_up(at)?;
    work.has_come(at.date, NaiveTime::MIN)?;
    let said_by = work.said(said_by, "say who confirmed it, at the provider")?;
    let mut named: Vec<PupilId> = Vec::new();
    for id in pupils {
        work.on_roll(*id, at.date)?;
        let standing = mark::standing(work.connection, at, *id)?;
        let stands = standing.settled;
        let is_elsewhere = |code| is_elsewhere(&work.roll.codes, code);
        let shown = standing.tutor.is_some_and(|(mark, _)| is_elsewhere(mark.code));
        let told = work.evidence_of(*id, at)?.into_iter().any(|one| one.fact.told().is_some_and(is_elsewhere));
        if !told && !shown && !stands.is_some_and(|mark| is_elsewhere(mark.code)) {
            let name = work.roll.name_and_group(*id);
            let stands = stands.map_or_else(|| "has no mark yet".to_owned(), |mark| format!("stands at {mark}"));
            let says = format!("{name} {stands}: there is nobody to confirm");
            return Err(Refusal::Forbidden(says).into());
        }
        if !named.contains(id) {
            presence::confirm(work.connection, work.act, *id, at, there, &said_by)?;
            let words = if there { "there" } else { "not there" };
            work.settle(*id, at, Said { words, by: Some(&said_by) })?;
            named.push(*id);
        }
    }
    let first = named.first().ok_or(Refusal::Unknown { what: "pupil" })?;
    let more = if named.len() > 1 { format!(" and {} more", named.len() - 1) } else { String::new() };
    let there = if there { "there" } else { "NOT there" };
    let says = format!("{}{more} {there}, says {said_by}", work.roll.name_and_group(*first));
    Ok(work.receipt(says, named))
}
