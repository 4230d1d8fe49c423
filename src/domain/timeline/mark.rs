//! The statutory mark of a session, settled from the timeline, and why.

use std::fmt::Write;

use chrono::NaiveTime;

use super::arrival::judge;
use super::{Event, Presence, RegisterMark, Timeline, What};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite};
use crate::domain::facts::evidence::{Evidence, Fact, Mark, or_blank};

/// What a session comes to.
#[derive(Clone, Copy, Debug)]
pub struct Settled<'t, 'a> {
    line: &'t Timeline<'a>,
    session: Session,
    /// The mark; `None` is a blank, which is neither N nor absent.
    pub mark: Option<Mark>,
    /// The fact that decided.
    pub by: Option<&'t Event<'a>>,
}

impl<'a> Timeline<'a> {
    /// Settle a session.
    pub fn mark(&self, session: Session) -> Settled<'_, 'a> {
        let decision = self.decision(session).filter(|one| !self.is_answered(one, session));
        let by = decision.or_else(|| self.undecided(session));
        Settled { line: self, session, mark: by.and_then(|event| self.asks(event, session)), by }
    }

    /// Whether a decided N is answered (rule 1): by an arrival, a register that saw the pupil, something told or a provider's
    /// "there", recorded since.
    fn is_answered(&self, decision: &Event<'_>, session: Session) -> bool {
        let What::Decision(_, mark) = decision.what else { return false };
        if mark.code != Code::N {
            return false;
        }
        let believed =
            self.believed(session, self.asked_at(session)).filter(|event| self.reported_code(event) != Some(Code::N));
        let seen = self.registers(session).map(|(event, _)| event).filter(|event| self.is_here(event, session));
        let there = self
            .events
            .iter()
            .filter(|event| matches!(event.what, What::Answer(one) if one.there && one.session == session));
        let back = self.came_back(session);
        let answers = self.logged_in(session).into_iter().chain(back).chain(seen).chain(believed).chain(there);
        answers.into_iter().any(|event| event.act > decision.act)
    }

    /// What decides where the office has not.
    fn undecided(&self, session: Session) -> Option<&Event<'a>> {
        let missed = self.missed(session);
        let until = missed.map_or(self.setting.hours.of(session).opens, |event| event.at);
        let believed = self.believed(session, until);
        if let Some(kept) = believed.filter(|event| self.is_kept(event)) {
            return Some(kept);
        }
        let arrival = self.arrival(session, until);
        let is_late = |event: &Event<'_>| self.asks(event, session).is_some_and(|mark| mark.code == Code::U);
        match (arrival, self.register_present(session)) {
            (Some(arrival), _) if !is_late(arrival) => Some(arrival),
            (_, Some(present)) if !is_late(present) => Some(present),
            (Some(late), _) | (None, Some(late)) => self.cover(session, late).or(Some(late)),
            (None, None) => {
                let back = self.came_back(session);
                back.filter(|back| !is_late(back)).or(believed).or(back).or(missed)
            }
        }
    }

    /// The return that counts as an arrival: of whoever was out as the register opened, or as it was taken, and back after it opened.
    pub(super) fn came_back(&self, session: Session) -> Option<&Event<'a>> {
        let (opens, asked) = (self.setting.hours.of(session).opens, self.asked_at(session));
        let mut returns = self.others().filter(|event| event.session == session && opens < event.at);
        returns.find(|back| {
            let gone = self.others().rfind(|event| matches!(event.what, What::Departure(_)) && event.at <= back.at);
            let was_out = gone.is_some_and(|gone| gone.at <= asked && !self.is_back(gone, back.at));
            matches!(back.what, What::Return(_)) && was_out
        })
    }

    /// The moment at which it is asked where the pupil is: when they were missed, else when the register opens.
    pub(super) fn asked_at(&self, session: Session) -> NaiveTime {
        self.missed(session).map_or(self.setting.hours.of(session).opens, |event| event.at)
    }

    /// The arrival that counts: the first, unless the pupil came before the register opened and had left again by the moment
    /// `until` at which they were missed (rule 5).
    fn arrival(&self, session: Session, until: NaiveTime) -> Option<&Event<'a>> {
        let arrival = self.logged_in(session)?;
        let is_early = self.asks(arrival, session).is_some_and(|mark| mark.code == Code::present(session));
        let before = self.events.iter().rfind(|event| event.presence.is_some() && event.at < until);
        let has_left = before.is_some_and(|event| event.at >= arrival.at && matches!(event.what, What::Departure(_)));
        (!(is_early && has_left)).then_some(arrival)
    }

    /// The best of the registers that saw the pupil, and that no decision took back: one that counts as present before a U, then the
    /// newest.
    pub(super) fn register_present(&self, session: Session) -> Option<&Event<'a>> {
        let seen = self.registers(session).filter(|(event, _)| event.presence == Some(Presence::Seen));
        seen.max_by_key(|(event, one)| (one.mark.code != Code::U, event.act)).map(|(event, _)| event)
    }

    /// The newest register that did not see the pupil; where no register speaks, a provider's "not there". A register that shows
    /// the arrangement knows less than the provider.
    pub(super) fn missed(&self, session: Session) -> Option<&Event<'a>> {
        let codes = self.setting.codes;
        let last_word = self.answer(session).filter(|one| !one.there && self.ends_attendance(session));
        let speaks = |one: &RegisterMark<'_>| {
            codes.on_site(one.mark.code) != OnSite::Yes
                && !(last_word.is_some() && codes.attends_elsewhere(one.mark.code))
        };
        let absent = self.registers(session).filter(|(_, one)| speaks(one));
        let absent =
            absent.max_by_key(|(event, one)| (codes.goodness(one.mark.code), event.act)).map(|(event, _)| event);
        absent.or_else(|| self.events.iter().find(|event| last_word.is_some_and(|one| event.is_answer(one))))
    }

    /// Whether an arrangement that counts as attending was told of the session, or is shown by a register: what "not there" ends
    /// (rule 4).
    fn ends_attendance(&self, session: Session) -> bool {
        let attends = |code: Code| self.setting.codes.attends_elsewhere(code);
        self.reported_for(session).filter_map(|event| self.reported_code(event)).any(attends)
            || self.registers(session).any(|(_, one)| attends(one.mark.code))
    }

    /// What covers an arrival after close (rule 7): the newest told of the session, before or after, whose code does.
    fn cover(&self, session: Session, late: &Event<'_>) -> Option<&Event<'a>> {
        let until = self.setting.hours.of(session).opens.min(late.at);
        let covers =
            |event: &&Event<'_>| self.reported_code(event).is_some_and(|code| self.setting.codes.covers_arrival(code));
        let believed = self.reported_for(session).filter(|event| self.speaks(event, session, until));
        let gone = self.others().rfind(|event| matches!(event.what, What::Departure(_)) && event.at < late.at);
        let gone = gone.filter(|event| event.session < session && !self.is_back(event, late.at));
        let named = believed.chain(gone).filter(covers).max_by_key(|event| event.act);
        named.or_else(|| self.missed(session).filter(|event| self.is_register_covering(event)))
    }

    /// Whether a register gave a reason that covers an arrival: the school told it by that way.
    fn is_register_covering(&self, event: &Event<'_>) -> bool {
        matches!(event.what, What::Register(one) if self.setting.codes.covers_arrival(one.mark.code))
    }

    /// Whether the pupil was seen between a departure and the moment `until`.
    pub(super) fn is_back(&self, gone: &Event<'_>, until: NaiveTime) -> bool {
        let seen = |event: &Event<'_>| event.presence == Some(Presence::Seen);
        self.events.iter().any(|event| seen(event) && gone.at < event.at && event.at < until)
    }

    /// The mark that a fact asks for in a session by itself; `None` for one that asks for none.
    pub(super) fn asks(&self, event: &Event<'_>, session: Session) -> Option<Mark> {
        match event.what {
            What::Register(one) => Some(one.mark),
            What::Arrival(Evidence { fact: Fact::Gate { judged: Some(judged), .. }, .. }) => Some(*judged),
            What::Arrival(_) => Some(judge(event.at, session, self.setting.hours.of(session))),
            What::Reported(_, code) => Some(Mark::plain(code)),
            What::Departure(one) => one.code.map(Mark::plain),
            What::Answer(one) => (!one.there).then_some(Mark::plain(Code::N)),
            What::Decision(_, mark) if mark.minutes.is_none() && mark.is_late() => {
                // A decided L or U without minutes takes those of the arrival it stands for.
                let arrival = self.logged_in(session).and_then(|arrival| self.asks(arrival, session));
                Some(Mark { minutes: arrival.and_then(|mark| mark.minutes), ..mark })
            }
            What::Decision(_, mark) => Some(mark),
            What::Return(_) if event.session == session => {
                Some(judge(event.at, session, self.setting.hours.of(session)))
            }
            What::Lesson(..) | What::Return(_) | What::Sighting(_) => None,
        }
    }

    /// Whether a fact says that the pupil is in the building in the session.
    pub(super) fn is_here(&self, event: &Event<'_>, session: Session) -> bool {
        self.asks(event, session).is_some_and(|mark| self.setting.codes.on_site(mark.code) == OnSite::Yes)
    }

    /// Every fact that asks for a mark of the session: what was told of it, its registers, arrivals and decisions.
    pub fn claims(&self, session: Session) -> impl Iterator<Item = &Event<'a>> {
        let believed = self.reported_for(session);
        let registers = self.registers(session).map(|(event, _)| event);
        let others = self.others().filter(move |event| {
            event.session == session && matches!(event.what, What::Arrival(_) | What::Decision(..))
        });
        believed.chain(registers).chain(others)
    }

    /// How much a fact weighs against another of the same session, for saying what was outweighed.
    fn weight(&self, event: &Event<'_>) -> u8 {
        match event.what {
            What::Decision(..) => 4,
            What::Arrival(_) | What::Return(_) => 3,
            What::Register(one) if self.setting.codes.on_site(one.mark.code) == OnSite::Yes => 2,
            What::Reported(..) | What::Departure(_) => 1,
            What::Register(_) | What::Answer(_) | What::Lesson(..) | What::Sighting(_) => 0,
        }
    }
}

impl Settled<'_, '_> {
    /// Whether the office decided it.
    pub fn is_decided(&self) -> bool {
        self.by.is_some_and(|event| matches!(event.what, What::Decision(..)))
    }

    /// Whether nothing but a register says it.
    pub fn is_from_register(&self) -> bool {
        self.by.is_some_and(|event| matches!(event.what, What::Register(_)))
    }

    /// Why, in words: "L 17 min: gate 08:57 beats tutor N 08:50".
    pub fn why(&self) -> String {
        let line = self.line;
        let (Some(by), Some(mark)) = (self.by, self.mark) else { return line.why_blank(self.session) };
        let disagrees = |event: &&Event<'_>| {
            let asked = line.asks(event, self.session);
            !event.is(by) && asked.is_some_and(|asked| !agrees(asked, mark))
        };
        let beaten = line.claims(self.session).filter(disagrees).max_by_key(|event| (line.weight(event), event.act));
        let mut why = String::with_capacity(64);
        // Writing to a string never fails.
        let _ = write!(why, "{mark}: {}", by.in_short());
        if let Some(beaten) = beaten {
            let is_reported = line.weight(by) == 1 && line.weight(beaten) > 1;
            let verb = match (self.ending(by, beaten), by.what) {
                (Some(seen), _) => format!("; {}, which ends", seen.in_short()),
                (None, What::Departure(_)) => ", after".to_owned(),
                (None, _) if is_reported => " covers".to_owned(),
                (None, _) => " beats".to_owned(),
            };
            let _ = write!(why, "{verb} {}", beaten.in_short());
        }
        why
    }

    /// What ended a report that would have explained an absence.
    fn ending(&self, by: &Event<'_>, beaten: &Event<'_>) -> Option<&Event<'_>> {
        let is_report = matches!(beaten.what, What::Reported(..)) && !self.line.speaks(beaten, self.session, by.at);
        self.line.ended_by(beaten, by.at).filter(|seen| is_report && self.line.weight(by) == 0 && !seen.is(by))
    }

    /// The act by which it came to be so.
    pub fn act(&self) -> Option<ActId> {
        self.by.map(|event| event.act)
    }
}

impl Timeline<'_> {
    /// Why the mark that `stands` in the record does: the rule's sentence; where another rule settled it, before an upgrade and not
    /// touched since, that it did and what this one would say.
    pub fn why_stands(&self, session: Session, stands: Option<Mark>) -> String {
        let settled = self.mark(session);
        match settled.mark == stands {
            true => settled.why(),
            false => {
                format!("{} was settled by an earlier rule; this one would say {}", or_blank(stands), settled.why())
            }
        }
    }

    /// The same where the mark itself stands beside it: it is not said again.
    pub fn why_beside(&self, session: Session, stands: Option<Mark>) -> String {
        let why = self.why_stands(session, stands);
        let told = stands.and_then(|mark| why.strip_prefix(&format!("{mark}: ")));
        told.map_or_else(|| why.clone(), str::to_owned)
    }

    /// Why there is no mark: what was told of the session may have ended.
    fn why_blank(&self, session: Session) -> String {
        let until = self.asked_at(session);
        let ended =
            self.reported_for(session).rev().find_map(|believed| Some((believed, self.ended_by(believed, until)?)));
        match ended {
            Some((believed, seen)) => format!("no mark yet: {} ends {}", seen.in_short(), believed.in_short()),
            None => "no mark yet".to_owned(),
        }
    }
}

/// Whether a beaten mark says the same as the one that stands; without minutes it does not dispute them.
fn agrees(beaten: Mark, stands: Mark) -> bool {
    beaten.code == stands.code && (beaten.minutes.is_none() || beaten.minutes == stands.minutes)
}
