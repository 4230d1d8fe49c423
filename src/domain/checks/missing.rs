//! Seen, and then missed: a pupil who should be in the building and is not where they should be.

use super::trail::{Sign, timed};
use super::{Check, Proposed, in_order, is_decided, sides};
use crate::domain::day::Day;
use crate::domain::pupil::Pupil;
use crate::domain::puzzle::Puzzle;
use crate::domain::session::Session;

/// Missed later than last seen; not while they are out or looked for, nor once a search since then is over.
pub fn check(day: &Day, pupil: &Pupil, trail: &[Sign<'_>], current: Session) -> Option<Check> {
    let last = trail.last().filter(|last| !last.seen && last.session <= current)?;
    let from = trail.iter().rposition(|sign| sign.seen)?;
    if day.is_out(pupil.id).is_some() {
        return None;
    }
    let looked_for = day.searches.iter().filter(|search| search.pupil == pupil.id);
    if looked_for.into_iter().any(|search| search.ended.as_ref().is_none_or(|end| end.at.time() >= last.time)) {
        return None;
    }
    let since = trail.get(from..).unwrap_or_default();
    let newest = since.iter().filter(|sign| !sign.seen).map(|sign| sign.act).max()?;
    if is_decided(day, pupil.id, last.session, Puzzle::PresentThenMissing, newest) {
        return None;
    }
    Some(Check {
        pupil: pupil.id,
        session: last.session,
        puzzle: Puzzle::PresentThenMissing,
        evidence: in_order(since.iter().map(|sign| timed(sign, day.date)).collect()),
        sides: sides(timed(trail.get(from)?, day.date), timed(last, day.date)),
        proposed: Proposed::Search { last_seen: last_seen(trail) },
    })
}

/// Where and when last seen, and where first missed since.
pub fn last_seen(trail: &[Sign<'_>]) -> String {
    let Some(from) = trail.iter().rposition(|sign| sign.seen) else { return String::new() };
    let seen = trail.get(from).map(Sign::place_and_time).unwrap_or_default();
    match trail.get(from + 1) {
        Some(missed) => format!("{seen}; not in {}", missed.place_and_time()),
        None => seen,
    }
}
