//! Unexplained absences: who stands at N, and in what order they are followed up.

use chrono::{NaiveDate, NaiveTime};

use super::code::{Code, OnSite};
use super::contact::{Call, CallOutcome, Contact, next_contact};
use super::day::Day;
use super::evidence::{Fact, Mark};
use super::ladder::Due;
use super::pupil::{Pupil, PupilId, Tier};
use super::session::{Session, SessionDate, minutes_between};

/// One unexplained pupil, with what the officer needs to act.
#[derive(Clone, PartialEq, Debug)]
pub struct Unexplained {
    /// Who.
    pub pupil: PupilId,
    /// The latest session that stands at N.
    pub at: SessionDate,
    /// Tier.
    pub tier: Tier,
    /// A parent did not know: the pupil is missing.
    pub unaware: bool,
    /// The ladder's next step; `None` after the last, and for a pupil who is in by now.
    pub due: Option<Due>,
    /// Calls tried today.
    pub tried: usize,
    /// The last of them.
    pub last: Option<CallOutcome>,
    /// When a contact asked to be rung again.
    pub call_back: Option<NaiveTime>,
    /// Siblings who are unexplained too.
    pub siblings_out: usize,
    /// Siblings who are in school: a clue.
    pub siblings_in: usize,
    /// 1 on the first day, 2 when an N of the school day before still stands, and so on.
    pub day: usize,
    /// The last date on which the oldest of these N may stand; `None` where the calendar does not reach so far.
    pub deadline: Option<NaiveDate>,
}

impl Unexplained {
    /// Whether the next step's time has passed.
    pub fn is_overdue(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.minutes_left < 0)
    }
}

/// The latest session, up to `current`, in which the pupil stands at N.
pub fn unexplained_session(day: &Day, pupil: PupilId, current: Session) -> Option<Session> {
    let stands = |session: &Session| {
        *session <= current && day.mark(pupil, *session).settled.is_some_and(|mark| mark.code == Code::N)
    };
    Session::BOTH.into_iter().rev().find(stands)
}

/// Everybody unexplained on `day` up to the `current` session at `now`, in the order they are followed up: those whose parent
/// did not know, then by tier, then by minutes left to the next step, then by name. A total order.
pub fn unexplained(day: &Day, current: Session, now: NaiveTime) -> Vec<Unexplained> {
    let mut rows: Vec<Unexplained> = day
        .on_roll()
        .filter_map(|pupil| Some(row(day, pupil, unexplained_session(day, pupil.id, current)?, current, now)))
        .collect();
    rows.sort_by_key(|row| {
        let left = row.due.as_ref().map_or(i64::MAX, |due| due.minutes_left);
        (!row.unaware, row.tier, left, day.roll.place(row.pupil))
    });
    rows
}

fn row(day: &Day, pupil: &Pupil, session: Session, current: Session, now: NaiveTime) -> Unexplained {
    let calls: Vec<&Call> = day.calls_about(pupil.id).collect();
    let last = calls.last();
    let call_back = last.and_then(|call| call.call_back);
    let tier = pupil.tier();
    // Who is in by the afternoon is asked in person: nobody waits for a call.
    let missing = !is_in(day, pupil.id, current);
    let due = day.session_times(session).filter(|_| missing).and_then(|times| {
        // A promised call-back takes the place of the step it puts off.
        call_back
            .map(|at| Due { step: "call back".to_owned(), at, minutes_left: minutes_between(now, at) })
            .or_else(|| day.roll.school.ladder.due(tier, usize::from(!calls.is_empty()), times, now))
    });
    let (mut siblings_out, mut siblings_in) = (0, 0);
    for sibling in day.roll.siblings(pupil).filter(|sibling| sibling.on_roll(day.date)) {
        if unexplained_session(day, sibling.id, current).is_some() {
            siblings_out += 1;
        } else if is_in(day, sibling.id, session) {
            siblings_in += 1;
        }
    }
    let before = day.past.get(&pupil.id).map_or(0, |past| past.unexplained_days);
    Unexplained {
        pupil: pupil.id,
        at: SessionDate::new(day.date, session),
        tier,
        unaware: calls.iter().any(|call| call.outcome == CallOutcome::Unaware),
        due,
        tried: calls.len(),
        last: last.map(|call| call.outcome),
        call_back,
        siblings_out,
        siblings_in,
        day: before + 1,
        deadline: deadline(day, before),
    }
}

/// The last date on which the oldest N of a run may stand, `before` school days of it before today (reg 10(7)-(9)).
fn deadline(day: &Day, before: usize) -> Option<NaiveDate> {
    let calendar = &day.roll.calendar;
    let first = match before.checked_sub(1) {
        Some(earlier) => calendar.school_days_before(day.date).nth(earlier)?,
        None => day.date,
    };
    calendar.n_deadline(first)
}

fn is_in(day: &Day, pupil: PupilId, session: Session) -> bool {
    let marked = |mark: Mark| day.roll.codes.on_site(mark.code) == OnSite::Yes;
    let evidence = day.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
    day.mark(pupil, session).settled.is_some_and(marked)
        || evidence.iter().any(|one| matches!(one.fact, Fact::Gate { .. }))
}

/// Whom to ring next about a pupil today.
pub fn next_call(day: &Day, pupil: PupilId) -> Option<&Contact> {
    let calls: Vec<Call> = day.calls_about(pupil).cloned().collect();
    next_contact(day.roll.contacts(pupil), &calls, &day.wrong_numbers)
}

/// Siblings one call can also speak for: of the pupil's household, on roll, and unexplained too.
pub fn covers(day: &Day, pupil: &Pupil, current: Session) -> Vec<(PupilId, Session)> {
    day.roll
        .siblings(pupil)
        .filter(|sibling| sibling.on_roll(day.date))
        .filter_map(|sibling| Some((sibling.id, unexplained_session(day, sibling.id, current)?)))
        .collect()
}

#[cfg(test)]
mod tests;
