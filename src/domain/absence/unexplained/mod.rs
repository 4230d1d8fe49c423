//! Unexplained absences: who has to be asked after, and in what order they are followed up.

mod follow_up;
mod missing;
mod standing;

use chrono::{NaiveDate, NaiveTime};
use hashbrown::HashMap;
use serde::Serialize;

use super::offsite::{OffSite, OffSiteState, due_by, off_site};
use crate::domain::calendar::session::{Session, SessionDate, minutes_between};
use crate::domain::code::{Code, OnSite};
use crate::domain::day::{Day, Timelines};
use crate::domain::facts::desk_presence::DeskPresence;
use crate::domain::people::contact::{Call, CallOutcome, Contact, next_contact};
use crate::domain::people::phone::Phone;
use crate::domain::people::pupil::{Pupil, PupilId, Tier};
use crate::domain::school::ladder::{DoneBy, Due};
pub use follow_up::{FollowUp, FollowUpStep};
pub use missing::{End, EndedBy, Missing, missing};
pub use standing::{Standing, StandingKind, Wait};

/// One unexplained pupil, with what the officer needs to act.
#[derive(Clone, PartialEq, Debug)]
pub struct Unexplained {
    /// Who.
    pub pupil: PupilId,
    /// The latest session that is unexplained.
    pub at: SessionDate,
    /// What has to be asked.
    pub cause: Cause,
    /// Tier.
    pub tier: Tier,
    /// A parent did not know, and nothing has ended it: missing.
    pub unaware: bool,
    /// How far the follow-up has come.
    pub standing: Standing,
    /// How long it can wait.
    pub wait: Wait,
    /// Calls tried today.
    pub tried: usize,
    /// The last of them.
    pub last: Option<CallOutcome>,
    /// When somebody asked to be rung, in the last call or since.
    pub call_back: Option<NaiveTime>,
    /// Somebody said that the pupil is on the way, or asked to be rung, and that is still waited for.
    pub promised: bool,
    /// The desk presences on this pupil.
    pub claims: Vec<DeskPresence>,
    /// A search for the pupil goes on.
    pub looked_for: bool,
    /// Siblings who are unexplained too.
    pub siblings_out: usize,
    /// Siblings who are in school: a clue.
    pub siblings_in: usize,
    /// 1 on the first day of the absence, 2 when nothing was seen of the pupil on the school day before either, and so on.
    pub day: usize,
    /// The last date on which the oldest of these N may stand; `None` where the calendar does not reach so far, and where no N
    /// stands.
    pub deadline: Option<NaiveDate>,
}

/// Why a pupil has to be asked after.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The mark is N: no reason is known.
    NoReason,
    /// Elsewhere by arrangement, and nobody has confirmed it in time.
    NotConfirmed,
    /// Elsewhere by arrangement, and the provider says they are not there.
    NotThere,
}

impl Unexplained {
    /// The next step, or the promise that takes its place.
    pub fn due(&self) -> Option<&Due> {
        self.standing.due()
    }

    /// Whether the time of what is wanted next has passed.
    pub fn is_overdue(&self) -> bool {
        self.wait < Wait::Minutes(0)
    }

    /// The presence on this pupil at another desk than `own_desk`: "SM calling".
    pub fn claimed(&self, own_desk: &str) -> Option<String> {
        self.claims.iter().find(|claim| claim.desk != own_desk).map(DeskPresence::describe)
    }
}

/// The latest session, up to `current`, in which the pupil stands at N, or at an O that only a register says.
pub fn unexplained_session(day: &Day, pupil: PupilId, current: Session) -> Option<Session> {
    Session::BOTH.into_iter().rev().find(|session| *session <= current && day.is_unresolved(pupil, *session))
}

/// Everybody unexplained on `day` up to the `current` session at `now`, in the order they are followed up: those whose parent
/// did not know, then by tier, then by how long they can wait, then by name. A total order.
pub fn unexplained(day: &Day, current: Session, now: NaiveTime) -> Vec<Unexplained> {
    let moment = Moment::of(day, current, now);
    let mut rows: Vec<Unexplained> = day.on_roll().filter_map(|pupil| moment.unexplained(pupil)).collect();
    rows.sort_by_key(|row| (!row.unaware, row.tier, row.wait, day.roll.place(row.pupil)));
    rows
}

/// The same of one pupil; `None` where nothing is to be explained.
pub fn unexplained_pupil(day: &Day, pupil: PupilId, current: Session, now: NaiveTime) -> Option<Unexplained> {
    let pupil = day.roll.pupil(pupil).filter(|pupil| pupil.on_roll(day.date))?;
    Moment::of(day, current, now).unexplained(pupil)
}

/// Pupils elsewhere by arrangement and not confirmed, by session.
fn elsewhere(day: &Day, current: Session, now: NaiveTime) -> HashMap<(PupilId, Session), OffSite> {
    Session::BOTH
        .into_iter()
        .filter(|session| *session <= current)
        .flat_map(|session| off_site(day, session, now).into_iter().map(move |one| (session, one)))
        .filter(|(_, one)| one.is_unexplained())
        .map(|(session, one)| ((one.pupil, session), one))
        .collect()
}

/// A day as it stands at a moment.
struct Moment<'a> {
    day: &'a Day,
    current: Session,
    now: NaiveTime,
    timelines: Timelines<'a>,
    elsewhere: HashMap<(PupilId, Session), OffSite>,
}

impl<'a> Moment<'a> {
    fn of(day: &'a Day, current: Session, now: NaiveTime) -> Moment<'a> {
        Moment { day, current, now, timelines: Timelines::at(day, now), elsewhere: elsewhere(day, current, now) }
    }

    fn unexplained(&self, pupil: &Pupil) -> Option<Unexplained> {
        let elsewhere = |session| self.elsewhere.get(&(pupil.id, session));
        if let Some(session) = unexplained_session(self.day, pupil.id, self.current) {
            return Some(self.row(pupil, session, elsewhere(session)));
        }
        // A pupil seen here in that session is not asked after elsewhere: a check says that they are due there.
        let is_here = |session| {
            let line = self.timelines.of(pupil);
            line.whereabouts().is_some_and(|found| found.on_site == OnSite::Yes && found.by.session == session)
        };
        let asked = |session| elsewhere(session).filter(|one| one.state != OffSiteState::Due || !is_here(session));
        let mut newest_first = Session::BOTH.into_iter().rev();
        newest_first.find_map(|session| Some(self.row(pupil, session, Some(asked(session)?))))
    }

    fn row(&self, pupil: &Pupil, session: Session, off_site: Option<&OffSite>) -> Unexplained {
        let Moment { day, current, now, .. } = *self;
        let line = self.timelines.of(pupil);
        let calls: Vec<&Call> = day.calls_about(pupil.id).collect();
        let last = calls.last();
        let follow_up = FollowUp::of(day, pupil, session);
        let (cause, standing) = match off_site.map(|one| &one.state) {
            None => (Cause::NoReason, follow_up.standing(now)),
            // Nobody has said that the pupil is not there: the provider is asked first.
            Some(OffSiteState::Due | OffSiteState::Waiting | OffSiteState::Over) => {
                let ask = due_by(day, session)
                    .filter(|_| !follow_up.unaware())
                    .map(|at| Standing::Due(ask_provider(at, now)));
                (Cause::NotConfirmed, ask.unwrap_or_else(|| follow_up.standing(now)))
            }
            Some(OffSiteState::NotThere(said) | OffSiteState::There(said)) => {
                (Cause::NotThere, follow_up.clone().at_once(said.at.time()).standing(now))
            }
        };
        // A pupil who is in by the afternoon is asked in person: no call is due, and nobody is missing.
        let is_in = match line.whereabouts() {
            Some(found) => found.on_site == OnSite::Yes,
            None => day.is_marked_in(pupil.id, current),
        };
        let unaware = follow_up.unaware() && !is_in;
        let code = day.mark(pupil.id, session).settled.map_or(Code::N, |mark| mark.code);
        let standing = match line.departed().filter(|_| !unaware) {
            _ if is_in && cause != Cause::NotConfirmed => Standing::ReasonWanted { session, code },
            Some(out) => {
                let due = standing.due().cloned();
                Standing::LeftUnexplained { at: out.time, reason: out.reason.clone(), due }
            }
            None => standing,
        };
        let (mut siblings_out, mut siblings_in) = (0, 0);
        for sibling in day.roll.siblings(pupil).filter(|sibling| sibling.on_roll(day.date)) {
            if unexplained_session(day, sibling.id, current).is_some() {
                siblings_out += 1;
            } else if day.is_in(sibling.id, session) {
                siblings_in += 1;
            }
        }
        let at = day.date.and_time(now);
        Unexplained {
            pupil: pupil.id,
            at: SessionDate::new(day.date, session),
            cause,
            tier: pupil.tier(),
            unaware,
            wait: standing.can_wait(now),
            standing,
            tried: calls.len(),
            last: last.map(|call| call.outcome),
            call_back: follow_up.call_back(),
            promised: follow_up.is_promised(),
            claims: day
                .desk_presences
                .iter()
                .filter(|one| one.calling == Some(pupil.id) && one.is_current(at))
                .cloned()
                .collect(),
            looked_for: day.open_search(pupil.id).is_some(),
            siblings_out,
            siblings_in,
            day: follow_up.day(),
            deadline: if day.is_unresolved(pupil.id, session) { deadline(day, pupil.id) } else { None },
        }
    }
}

fn ask_provider(at: NaiveTime, now: NaiveTime) -> Due {
    Due { step: "ask provider".to_owned(), by: DoneBy::Event, at, minutes_left: minutes_between(now, at) }
}

/// The last date on which the oldest N of a run up to today may stand (reg 10(7)-(9)).
fn deadline(day: &Day, pupil: PupilId) -> Option<NaiveDate> {
    let before = day.past.get(&pupil).map_or(0, |past| past.unexplained_days);
    let calendar = &day.roll.calendar;
    let first = match before.checked_sub(1) {
        Some(earlier) => calendar.school_days_before(day.date).nth(earlier)?,
        None => day.date,
    };
    calendar.n_deadline(first)
}

/// The contact to ring next about a pupil today, and the number.
pub fn next_call(day: &Day, pupil: PupilId) -> Option<(&Contact, &Phone)> {
    let calls: Vec<Call> = day.calls_about(pupil).cloned().collect();
    next_contact(day.roll.contacts(pupil), &calls, &day.wrong_numbers)
}

/// Whether somebody who can be rung about a pupil has not been tried today on one of their numbers, nor spoken to.
pub fn has_untried_contact(day: &Day, pupil: PupilId) -> bool {
    let tried = |contact: &Contact, phone: &Phone| {
        let mut calls = day.calls_about(pupil).filter(|call| call.contact == Some(contact.id));
        // A contact who was spoken to need not be rung on another number.
        let on = |number: &String| phone.is(number) || !contact.has_number(number);
        calls.any(|call| call.outcome.answered() || call.number.as_ref().is_none_or(on))
    };
    let has_untried = |contact: &Contact| contact.numbers_to_ring().any(|phone| !tried(contact, phone));
    day.roll.contacts(pupil).iter().any(has_untried)
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
