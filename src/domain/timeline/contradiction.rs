//! Facts of a session that cannot be true together, or that the office decides between.

use std::fmt;

use super::{Event, Presence, Timeline, What};
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite, Statistic};
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::facts::evidence::{Fact, Mark};

/// Two facts that cannot be true together, and what would decide between them.
#[derive(Clone, Copy, Debug)]
pub struct Contradiction<'t, 'a> {
    /// Which kind.
    pub contradiction: ContradictionKind,
    /// What was said, or stood, first.
    pub one: &'t Event<'a>,
    /// What contradicts it.
    pub other: &'t Event<'a>,
    /// The mark to confirm, if the office is of the rule's mind; `None` where the mark is to be left as it stands.
    pub best: Option<Mark>,
}

impl fmt::Display for Contradiction<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, but {}", self.one.in_short(), self.other.in_short())
    }
}

type Pair<'t, 'a> = Option<(&'t Event<'a>, &'t Event<'a>)>;

impl<'a> Timeline<'a> {
    /// The gravest contradiction of a session. One that the office has decided upon since is none any more.
    pub fn contradiction(&self, session: Session) -> Option<Contradiction<'_, 'a>> {
        let settled = self.mark(session);
        let by = settled.by;
        let decision = self.decision(session);
        let is_decided = |one: &Event<'_>, other: &Event<'_>| {
            decision.is_some_and(|decision| decision.act >= one.act && decision.act >= other.act)
        };
        let pairs = [
            (ContradictionKind::MustNotBeHere, self.kept_but_seen(session, by).filter(|(one, _)| self.is_alarm(one))),
            (ContradictionKind::AwayButMarkedHere, self.kept_but_seen(session, by)),
            (ContradictionKind::AwayButMarkedHere, self.reported_away(session, by)),
            (ContradictionKind::MustNotBeHere, self.decided_away(session).filter(|(one, _)| self.is_alarm(one))),
            (ContradictionKind::AwayButMarkedHere, self.decided_away(session)),
            (ContradictionKind::DecidedThenTold, self.decided_then_told(session)),
            (ContradictionKind::DecidedThenTold, self.decided_not_there(session)),
            (ContradictionKind::InButNotInRoom, self.in_but_missed(session)),
            (ContradictionKind::RegistersDisagree, self.marked_then_late(session)),
            (ContradictionKind::OnTripButN, self.listed_but_missed(session, by)),
            (ContradictionKind::ContactsDisagree, self.reported_twice(session, by)),
            (ContradictionKind::ArrangementDisputed, self.arrangement_disputed(session, by)),
        ];
        let found =
            pairs.into_iter().filter_map(|(contradiction, pair)| pair.map(|(one, other)| (contradiction, one, other)));
        let (contradiction, one, other) = found.into_iter().find(|(_, one, other)| !is_decided(one, other))?;
        Some(Contradiction {
            contradiction,
            one,
            other,
            best: self.best(session, contradiction, one, other, settled.mark),
        })
    }

    /// The mark to confirm.
    fn best(
        &self,
        session: Session,
        contradiction: ContradictionKind,
        one: &Event<'_>,
        other: &Event<'_>,
        stands: Option<Mark>,
    ) -> Option<Mark> {
        match contradiction {
            ContradictionKind::MustNotBeHere => None,
            ContradictionKind::AwayButMarkedHere if self.is_kept(one) => None,
            ContradictionKind::AwayButMarkedHere => {
                let here = stands.filter(|mark| self.setting.codes.on_site(mark.code) == OnSite::Yes);
                let seen = here.or_else(|| self.asks(other, session));
                let report = self
                    .asks(one, session)
                    .map(|mark| mark.code)
                    .filter(|code| self.is_authorised(*code))
                    .map(Mark::plain);
                // Illness said of a pupil who comes after close is the office's to decide (rule 7).
                let is_late = seen.is_some_and(|mark| mark.code == Code::U);
                report.filter(|_| is_late).or(seen)
            }
            ContradictionKind::DecidedThenTold => self.asks(other, session),
            ContradictionKind::RegistersDisagree
            | ContradictionKind::ContactsDisagree
            | ContradictionKind::ArrangementDisputed => stands,
            ContradictionKind::InButNotInRoom | ContradictionKind::OnTripButN => self.asks(one, session),
            ContradictionKind::PresentThenMissing
            | ContradictionKind::AbsentThenSeen
            | ContradictionKind::SiblingPuzzle => stands,
        }
    }

    fn is_authorised(&self, code: Code) -> bool {
        self.setting.codes.statistic(code) == Some(Statistic::Authorised)
    }

    /// Reported or decided to be elsewhere, where being here is an alarm.
    fn is_alarm(&self, event: &Event<'_>) -> bool {
        let decided = event.what.try_as_decision().map(|(_, mark)| mark.code);
        decided.or_else(|| self.reported_code(event)).is_some_and(Code::must_not_be_here)
    }

    /// The event that saw the pupil in the session: a register, otherwise the arrival.
    fn seen_in(&self, session: Session) -> Option<&Event<'a>> {
        self.register_present(session).or_else(|| self.logged_in(session)).or_else(|| self.came_back(session))
    }

    /// An arrangement that keeps the session's mark, and the pupil was seen.
    fn kept_but_seen<'t>(&'t self, session: Session, by: Option<&'t Event<'a>>) -> Pair<'t, 'a> {
        Some((by.filter(|event| self.is_kept(event))?, self.seen_in(session)?))
    }

    /// Reported or arranged elsewhere, and seen: unless it is a report that covers the arrival.
    fn reported_away<'t>(&'t self, session: Session, by: Option<&'t Event<'a>>) -> Pair<'t, 'a> {
        let away = |event: &&Event<'_>| {
            self.reported_code(event).is_some_and(|code| self.setting.codes.on_site(code) == OnSite::No)
        };
        let opens = self.setting.hours.of(session).opens;
        let speaking = self.reported_for(session).filter(|event| self.speaks(event, session, opens));
        let Some(report) = speaking.filter(away).max_by_key(|event| event.act) else {
            return self.register_away(session, by);
        };
        // The mark may rest on a departure that says the same.
        let says_the_same = |by: &Event<'_>| self.reported_code(by) == self.reported_code(report);
        if by.is_some_and(says_the_same) && !self.is_arrangement(report) {
            return None;
        }
        let decided = self.decision(session).filter(|event| event.presence == Some(Presence::Seen));
        Some((report, self.seen_in(session).or(decided)?))
    }

    /// A register gave a reason for the absence, and the pupil was logged in: unless that reason covers the arrival.
    fn register_away<'t>(&'t self, session: Session, by: Option<&'t Event<'a>>) -> Pair<'t, 'a> {
        let missed = self.missed(session).filter(|event| matches!(event.what, What::Register(_)))?;
        let is_reason = self.asks(missed, session).is_some_and(|mark| self.is_authorised(mark.code));
        let arrival = self.logged_in(session).filter(|_| is_reason)?;
        (!by.is_some_and(|by| by.is(missed))).then_some((missed, arrival))
    }

    /// Decided to be an absence, and seen since: unless the arrival is after close and that code covers it.
    fn decided_away(&self, session: Session) -> Pair<'_, 'a> {
        let decided = self.decision(session).filter(|event| !self.is_here(event, session))?;
        let code = self.asks(decided, session)?.code;
        let seen = self.seen_in(session).filter(|event| event.act > decided.act)?;
        let is_late = self.asks(seen, session).is_some_and(|mark| mark.code == Code::U);
        let is_covered = is_late && self.setting.codes.covers_arrival(code);
        (code != Code::N && !is_covered).then_some((decided, seen))
    }

    /// Decided, and something else told since.
    fn decided_then_told(&self, session: Session) -> Pair<'_, 'a> {
        let decided = self.decision(session)?;
        let code = self.asks(decided, session)?.code;
        let report =
            self.reported_for(session).filter(|event| event.act > decided.act).max_by_key(|event| event.act)?;
        let differs = self.reported_code(report).is_some_and(|answer| answer != code && answer != Code::N);
        (differs && code != Code::N && !self.is_here(decided, session)).then_some((decided, report))
    }

    /// Decided to attend elsewhere, and the provider says since that the pupil is not there.
    fn decided_not_there(&self, session: Session) -> Pair<'_, 'a> {
        let decided = self.decision(session)?;
        let code = self.asks(decided, session)?.code;
        let answer = self.answer(session).filter(|one| !one.there && self.setting.codes.attends_elsewhere(code))?;
        let answered = self.events.iter().find(|event| event.is_answer(answer) && event.act > decided.act)?;
        Some((decided, answered))
    }

    /// Logged in before the register was taken, or decided to be here, and not seen by a register since: in the building, but
    /// where? Whoever has left again is missed by nobody.
    fn in_but_missed(&self, session: Session) -> Pair<'_, 'a> {
        let missed = self.missed(session).filter(|event| matches!(event.what, What::Register(_)))?;
        let decided = self.decision(session).filter(|event| self.is_here(event, session) && missed.act > event.act);
        if let Some(decided) = decided {
            return Some((decided, missed));
        }
        let arrival = self.logged_in(session)?;
        let was_in_time = self.asks(arrival, session).is_some_and(|mark| mark.code == Code::present(session));
        let closes = self.setting.hours.of(session).closes;
        // A register that came in after close was taken nobody knows when.
        let is_timed = matches!(missed.what, What::Register(one) if one.at.is_none_or(|at| at.time() <= closes));
        let was_in_before = is_timed && arrival.at < missed.at;
        let since = |event: &&Event<'_>| event.presence.is_some() && arrival.at <= event.at && event.at < missed.at;
        let last = self.events.iter().rfind(since);
        let has_left = last.is_some_and(|event| matches!(event.what, What::Departure(_)));
        ((was_in_time || was_in_before) && !has_left).then_some((arrival, missed))
    }

    /// Marked present by a register or the office, and logged in later (rules 1, 6 and 7).
    fn marked_then_late(&self, session: Session) -> Pair<'_, 'a> {
        let decided = || self.decision(session).filter(|event| self.is_here(event, session));
        let marked = self.register_present(session).or_else(decided)?;
        let arrival = self.logged_in(session).filter(|arrival| marked.at < arrival.at)?;
        let (was, came) = (self.asks(marked, session)?, self.asks(arrival, session)?);
        let counts = self.setting.codes.statistic(was.code) == Some(Statistic::Present);
        (counts && was.code != came.code).then_some((marked, arrival))
    }

    /// On the list of a trip or another activity elsewhere, and missed by the tutor who did not know.
    fn listed_but_missed<'t>(&'t self, session: Session, by: Option<&'t Event<'a>>) -> Pair<'t, 'a> {
        let codes = self.setting.codes;
        let listed = by.filter(|event| self.reported_code(event).is_some_and(|code| codes.attends_elsewhere(code)))?;
        let missed = self.missed(session)?;
        let unauthorised = self.asks(missed, session).and_then(|mark| codes.statistic(mark.code));
        (unauthorised == Some(Statistic::Unauthorised)).then_some((listed, missed))
    }

    /// Two people told the school different things, and nobody has seen the pupil.
    fn reported_twice<'t>(&'t self, session: Session, by: Option<&'t Event<'a>>) -> Pair<'t, 'a> {
        let (newest, who) = by.and_then(|event| Some((event, reporter(event)?)))?;
        let code = self.reported_code(newest);
        let others = self.reported_for(session).filter(|event| reporter(event).is_some_and(|other| other != who));
        let other = others.filter(|event| self.reported_code(event) != code).max_by_key(|event| event.act)?;
        (!self.is_arrangement(newest) && !self.is_arrangement(other)).then_some((other, newest))
    }

    /// An arrangement and something else told of the same session (rule 9).
    fn arrangement_disputed<'t>(&'t self, session: Session, by: Option<&'t Event<'a>>) -> Pair<'t, 'a> {
        let stands = by.filter(|event| matches!(event.what, What::Reported(..)))?;
        let code = self.reported_code(stands);
        let opens = self.setting.hours.of(session).opens;
        // An arrangement that a provider has ended disputes nothing.
        let other = self
            .reported_for(session)
            .filter(|event| {
                !event.is(stands) && self.reported_code(event) != code && self.speaks(event, session, opens)
            })
            .max_by_key(|event| event.act)?;
        (self.is_arrangement(stands) || self.is_arrangement(other)).then_some((other, stands))
    }
}

/// The person who told the school, if anybody did.
fn reporter<'e>(event: &Event<'e>) -> Option<&'e str> {
    let (one, _) = event.what.try_as_reported()?;
    match &one.fact {
        Fact::Report { by, .. } => Some(by),
        Fact::Tutor(_) | Fact::Gate { .. } | Fact::Plan { .. } | Fact::Office { .. } => None,
    }
}
