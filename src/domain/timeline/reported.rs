//! Reports and arrangements, and departures whose reason has a code: which of them still applies to a session, and which of two is
//! believed.

use chrono::NaiveTime;

use super::{Event, Presence, Timeline, What};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{Arrangement, Code, MayEnter, Statistic};
use crate::domain::facts::evidence::Evidence;
use crate::domain::facts::presence::Confirmation;

impl<'a> Timeline<'a> {
    /// The code a told fact or a departure explains sessions with.
    pub(super) fn reported_code(&self, event: &Event<'_>) -> Option<Code> {
        match event.what {
            What::Reported(_, code) => Some(code),
            What::Departure(one) => one.code,
            What::Register(_)
            | What::Arrival(_)
            | What::Lesson(..)
            | What::Return(_)
            | What::Sighting(_)
            | What::Answer(_)
            | What::Decision(..) => None,
        }
    }

    /// How a told fact goes on beyond a sighting; `None` for a report.
    fn arranged(&self, event: &Event<'_>) -> Option<Arrangement> {
        event.what.try_as_reported().and_then(|(_, code)| self.setting.codes.arranged(code))
    }

    /// Whether a told fact is an arrangement, and no report.
    pub(super) fn is_arrangement(&self, event: &Event<'_>) -> bool {
        self.arranged(event).is_some()
    }

    /// Whether an arrangement keeps the session's mark though the pupil is seen (rule 3).
    pub(super) fn is_kept(&self, event: &Event<'_>) -> bool {
        self.arranged(event) == Some(Arrangement::Kept)
    }

    /// Everything told of a session, whether or not it still speaks; departures are not among it.
    pub fn reported_for(&self, session: Session) -> impl DoubleEndedIterator<Item = &Event<'a>> {
        let at = SessionDate::new(self.setting.date, session);
        let is_of = move |one: &Evidence| one.from <= at && at <= one.until;
        self.others().filter(move |event| event.what.try_as_reported().is_some_and(|(one, _)| is_of(one)))
    }

    /// What is believed of a session by what was told of it and still speaks at the moment `until` (rules 2 to 5 and 9). Of an
    /// arrangement and a report: a report of absence displaces attendance elsewhere; what a head decides, and D, no report displaces;
    /// else the newer.
    pub(super) fn believed(&self, session: Session, until: NaiveTime) -> Option<&Event<'a>> {
        let departure = self.departure(session, until);
        let speaking = self.reported_for(session).filter(|event| self.speaks(event, session, until)).chain(departure);
        let (mut report, mut arrangement) = (None::<&Event<'a>>, None::<&Event<'a>>);
        for event in speaking {
            let newest = if self.arranged(event).is_some() { &mut arrangement } else { &mut report };
            if newest.is_none_or(|held| held.act < event.act) {
                *newest = Some(event);
            }
        }
        match (arrangement, report) {
            (Some(arrangement), Some(report)) if self.outranks(arrangement, report) => Some(arrangement),
            (arrangement, report) => report.or(arrangement),
        }
    }

    /// Whether an arrangement is believed against a report (rule 9).
    fn outranks(&self, arrangement: &Event<'_>, report: &Event<'_>) -> bool {
        let Some(code) = self.reported_code(arrangement) else { return false };
        let codes = self.setting.codes;
        if codes.attends_elsewhere(code) {
            return false;
        }
        let is_heads = codes.row(code).is_some_and(|row| row.may_enter == MayEnter::Lead);
        is_heads || code == Code::D || arrangement.act > report.act
    }

    /// Whether what was told of a session still speaks at the moment `until`.
    pub(super) fn speaks(&self, believed: &Event<'_>, session: Session, until: NaiveTime) -> bool {
        match self.arranged(believed) {
            Some(Arrangement::Kept) => true,
            Some(arrangement) => {
                let attends =
                    self.reported_code(believed).is_some_and(|code| self.setting.codes.attends_elsewhere(code));
                let is_not_there = attends && self.is_not_there(session);
                let ends = arrangement == Arrangement::UntilLoggedIn && self.is_logged_in_between(believed.at, until);
                !is_not_there && !ends
            }
            None => self.ended_by(believed, until).is_none() && !self.is_ended_before(believed),
        }
    }

    /// The sighting within a report's span today that ended it before `until` (rule 2). A report made after the pupil was missed
    /// again answers that absence: it is not ended by what was seen before.
    pub(super) fn ended_by(&self, report: &Event<'_>, until: NaiveTime) -> Option<&Event<'a>> {
        let seen = |event: &&Event<'_>| event.was_here() && report.at <= event.at && event.at < until;
        let last = self.events.iter().rfind(seen)?;
        let answers = |event: &Event<'_>| event.presence == Some(Presence::Missed) && event.act < report.act;
        let answered = self.events.iter().any(|event| event.at > last.at && answers(event));
        (!answered).then_some(last)
    }

    /// Whether the pupil was seen within a report's span on an earlier date: a span of days ends with the day they are back.
    fn is_ended_before(&self, report: &Event<'_>) -> bool {
        let What::Reported(one, _) = report.what else { return false };
        self.earlier.is_some_and(|earlier| {
            let answers = earlier.missed.is_some_and(|missed| missed < report.act);
            one.from <= earlier.seen && !answers && one.at.date() <= earlier.seen.date
        })
    }

    /// The departure that explains a session (rule 5): the last before `until` whose reason has a code, while the pupil is not back. In
    /// its own session only where the pupil had left before the register opened or was taken.
    fn departure(&self, session: Session, until: NaiveTime) -> Option<&Event<'a>> {
        let explains = |event: &&Event<'_>| {
            let before = event.session < session || event.session == session && event.at < until;
            before && matches!(event.what, What::Departure(one) if one.code.is_some())
        };
        let last = self.others().rfind(explains)?;
        (!self.is_back(last, until)).then_some(last)
    }

    /// Whether the pupil was logged in at the gate or in the office from `from` until before `until`.
    fn is_logged_in_between(&self, from: NaiveTime, until: NaiveTime) -> bool {
        let is_arrival = |event: &Event<'_>| matches!(event.what, What::Arrival(_));
        self.events.iter().any(|event| is_arrival(event) && from <= event.at && event.at < until)
    }

    /// Whether the pupil was in the building at some moment from `from` until before `until`.
    pub(super) fn was_here_between(&self, from: NaiveTime, until: NaiveTime) -> bool {
        self.events.iter().any(|event| event.was_here() && from <= event.at && event.at < until)
    }

    /// The provider's last word of a session.
    pub fn answer(&self, session: Session) -> Option<&'a Confirmation> {
        let of_session = |one: &&Confirmation| one.session == session;
        let answered =
            self.others().filter_map(|event| Some((event.act, event.what.try_as_answer().filter(of_session)?)));
        answered.max_by_key(|(act, _)| *act).map(|(_, one)| one)
    }

    /// Whether a provider's last word says that the pupil is not there. What it ends it ends for the sessions after too, until the
    /// provider says otherwise.
    fn is_not_there(&self, session: Session) -> bool {
        let mut sessions = Session::BOTH.into_iter().rev().filter(|one| *one <= session);
        sessions.find_map(|one| self.answer(one)).is_some_and(|one| !one.there)
    }

    /// Whether it is known why the pupil is not here at a moment: by a decision of an absence, while they have not been seen in that
    /// session, or by what was told and still speaks. An absence without authority explains nothing.
    pub fn explains(&self, session: Session, at: NaiveTime) -> bool {
        let opens = self.setting.hours.of(session).opens;
        let decided = self.decision(session).and_then(|event| event.what.try_as_decision()).map(|(_, mark)| mark.code);
        let decided = decided.filter(|code| *code != Code::N);
        let believed = || self.believed(session, at).and_then(|event| self.reported_code(event));
        let code = decided.filter(|_| !self.was_here_between(opens, at)).or_else(believed);
        code.and_then(|code| self.setting.codes.statistic(code)).is_some_and(|how| how != Statistic::Unauthorised)
    }
}
