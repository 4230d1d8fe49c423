//! Seen, and then missed: a pupil who should be in the building and is not where they should be.

use super::{Check, Proposed, in_order, is_decided, sides, timed};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::timeline::{Event, Presence, Timeline, What};

/// Missed later than last seen, and not explained; not while they are out or looked for, nor once a search since then is over.
pub fn check(day: &Day, pupil: &Pupil, line: &Timeline<'_>, current: Session) -> Option<Check> {
    let presences = presences(day, pupil.id, line);
    let last = presences.last().filter(|last| last.presence == Some(Presence::Missed) && last.session <= current)?;
    let from = presences.iter().rposition(|event| event.presence == Some(Presence::Seen))?;
    if presences.iter().skip(from).any(|event| event.presence == Some(Presence::Gone)) {
        return None;
    }
    let looked_for = day.searches.iter().filter(|search| search.pupil == pupil.id);
    if looked_for.into_iter().any(|search| search.ended.as_ref().is_none_or(|end| end.at.time() >= last.at)) {
        return None;
    }
    let since = presences.get(from..).unwrap_or_default();
    let missed = || since.iter().filter(|event| event.presence == Some(Presence::Missed));
    let newest = missed().map(|event| event.act).max()?;
    if is_decided(day, pupil.id, last.session, ContradictionKind::PresentThenMissing, newest) {
        return None;
    }
    // What was said of the day before they were seen is told with it: it ended then.
    let reports = line.reported_for(last.session).chain(since.iter().copied());
    Some(Check {
        pupil: pupil.id,
        session: last.session,
        contradiction: ContradictionKind::PresentThenMissing,
        evidence: in_order(reports.map(|event| timed(event, day.date)).collect()),
        sides: sides(timed(presences.get(from)?, day.date), timed(last, day.date)),
        proposed: Proposed::Search { last_seen: last_seen(day, pupil.id, line) },
    })
}

/// The events that say where the pupil is, without the absences that are explained. A decision that the pupil was here is one where nothing
/// else saw them in its session; a register that did not see whoever counts as here in its session is none.
fn presences<'t, 'a>(day: &Day, pupil: PupilId, line: &'t Timeline<'a>) -> Vec<&'t Event<'a>> {
    let is_outweighed =
        |event: &Event<'_>| matches!(event.what, What::Register(_)) && day.is_marked_in(pupil, event.session);
    let is_seen =
        |event: &Event<'_>| event.presence == Some(Presence::Seen) && !matches!(event.what, What::Decision(..));
    let is_seen_in = |session| line.events().iter().any(|event| event.session == session && is_seen(event));
    let counts = |event: &&Event<'_>| match event.presence {
        Some(Presence::Missed) => !line.explains(event.session, event.at) && !is_outweighed(event),
        Some(Presence::Seen | Presence::Gone) => {
            !matches!(event.what, What::Decision(..)) || !is_seen_in(event.session)
        }
        None => false,
    };
    line.events().iter().filter(counts).collect()
}

/// Where and when last seen, and where first missed since.
pub fn last_seen(day: &Day, pupil: PupilId, line: &Timeline<'_>) -> String {
    let presences = presences(day, pupil, line);
    // A pupil who leaves is there at that moment.
    let Some(from) = presences.iter().rposition(|event| event.presence != Some(Presence::Missed)) else {
        return String::new();
    };
    let seen = presences.get(from).map(|event| event.place_and_time()).unwrap_or_default();
    match presences.get(from + 1) {
        Some(missed) => format!("{seen}; not in {}", missed.place_and_time()),
        None => seen,
    }
}
