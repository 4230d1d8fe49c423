//! First-day calls: one caller from the close of the register and another half an hour later, those known to social care first.

use chrono::{NaiveTime, TimeDelta};

use super::{At, Morning, Whereabouts, clock, is_in};
use crate::demo::people::MadeContact;
use crate::demo::planned::PlannedAct;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;
use crate::domain::people::contact::CallOutcome;
use crate::domain::people::pupil::Tier;

/// A pupil nobody has explained.
struct Open {
    pupil: usize,
    tier: Tier,
    household: usize,
    here: Whereabouts,
    /// From when there is somebody to ring about: the register is in, and the last caller has waited.
    from: NaiveTime,
    tried: Vec<i64>,
    closed: bool,
}

/// What a call came to.
struct Answer {
    outcome: CallOutcome,
    code: Option<Code>,
    note: String,
    call_back: Option<NaiveTime>,
    minutes: i64,
}

impl Morning<'_> {
    /// Rings until everybody is explained or it is twenty past eleven; then the watch list is brought up to date.
    pub(in crate::demo) fn calls(&mut self) {
        let mut open = self.open();
        let reachable = |pupil| self.school.contacts(pupil).iter().any(|one| !one.stale && !one.do_not_contact);
        let watched = &self.school.scenario.watched;
        let truant = |one: &&Open| one.here.am.code == Code::O && !watched.contains(&one.pupil);
        let truants = open.iter().filter(truant).filter(|one| reachable(one.pupil));
        let truants: Vec<usize> = truants.map(|one| one.pupil).collect();
        let unaware = self.draw.pick(&truants).copied();
        let mut callers = [(At::Office, clock(9, 10)), (At::BackOffice, clock(9, 40))];
        while let Some((desk, now)) =
            callers.iter_mut().filter(|(_, free)| *free < clock(11, 20)).min_by_key(|(_, free)| *free)
        {
            let spent =
                self.next(&open, *now).map(|(place, order)| self.ring(&mut open, place, order, *desk, *now, unaware));
            // Nobody to ring just now: look again in two minutes.
            *now += TimeDelta::seconds(spent.map_or(120, |minutes| minutes * 60 + self.draw.between(5, 55)));
        }
        let reached = |pupil: &usize| open.iter().any(|one| one.pupil == *pupil && one.closed);
        if let Some(pupil) = unaware.filter(reached) {
            let reason = "parent did not know this morning: DSL".to_owned();
            let time = self.after(clock(11, 22), 0);
            self.put(time, At::Office, PlannedAct::Watch { pupil, reason, until: None, review: None });
        }
        if let Some(pupil) = self.school.scenario.watched.last().copied() {
            let time = self.after(clock(11, 31), 0);
            self.put(time, At::Office, PlannedAct::Unwatch { pupil });
        }
    }

    fn open(&self) -> Vec<Open> {
        let scenario = &self.school.scenario;
        let mut open = Vec::new();
        for (pupil, (here, made)) in self.pupils.iter().zip(&self.school.pupils).enumerate() {
            let taken = self.taken.get(made.group).copied().unwrap_or(clock(9, 10));
            let missed = !is_in(here.am, Session::Am) || here.comes.is_some_and(|comes| comes > taken);
            if missed && !self.reported.contains(&pupil) && scenario.slipped != Some(pupil) {
                let (tier, household) = (made.flags.tier(), made.household);
                open.push(Open { pupil, tier, household, here: *here, from: taken, tried: Vec::new(), closed: false });
            }
        }
        open
    }

    /// The most urgent pupil to be rung about at `now`, by place in `open`, and whom to ring.
    fn next(&self, open: &[Open], now: NaiveTime) -> Option<(usize, i64)> {
        let due = |one: &Open| !one.closed && one.from <= now && one.here.comes.is_none_or(|comes| comes > now);
        let mut rows: Vec<(usize, &Open)> = open.iter().enumerate().filter(|(_, one)| due(one)).collect();
        rows.sort_by_key(|(place, one)| (one.tier, one.tried.len(), *place));
        rows.into_iter().find_map(|(place, one)| self.contact(one).map(|order| (place, order)))
    }

    /// The first contact who may be rung and has not been; once each is enough for a morning.
    fn contact(&self, open: &Open) -> Option<i64> {
        let contacts = (1..).zip(self.school.contacts(open.pupil));
        let mut left = contacts.filter(|(order, contact)| !contact.do_not_contact && !open.tried.contains(order));
        left.next().map(|(order, _)| order)
    }

    /// Rings one contact about the pupil at `place`, puts the call down, and says how many minutes it took.
    fn ring(
        &mut self,
        open: &mut [Open],
        place: usize,
        order: i64,
        desk: At,
        now: NaiveTime,
        unaware: Option<usize>,
    ) -> i64 {
        let Some(one) = open.get_mut(place) else { return 1 };
        let (pupil, household, here) = (one.pupil, one.household, one.here);
        let school = self.school;
        let Some(contact) = usize::try_from(order - 1).ok().and_then(|at| school.contacts(pupil).get(at)) else {
            return 1;
        };
        let answer = self.answer(one, contact, now, unaware == Some(pupil));
        // Whoever asked to be rung again is.
        if answer.call_back.is_none() {
            one.tried.push(order);
        }
        one.closed = answer.outcome.answered() && answer.call_back.is_none();
        one.from = answer.call_back.unwrap_or(now + TimeDelta::minutes(self.draw.between(12, 30)));
        let mut covers = Vec::new();
        if answer.code.is_some() {
            for sibling in open.iter_mut().filter(|other| other.household == household && other.pupil != pupil) {
                if !sibling.closed
                    && unaware != Some(sibling.pupil)
                    && sibling.from <= now
                    && sibling.here.am.code == here.am.code
                {
                    sibling.closed = true;
                    covers.push(sibling.pupil);
                }
            }
        }
        let done = self.after(now, answer.minutes);
        let Answer { outcome, code, note, call_back, minutes } = answer;
        let (at, words) = (self.session(Session::Am), note.clone());
        let spoken_for: Vec<usize> = std::iter::once(pupil).chain(covers.iter().copied()).collect();
        self.put(done, desk, PlannedAct::LogCall { pupil, contact: order, at, outcome, code, note, call_back, covers });
        if let Some(code) = code {
            let by = contact.introduced();
            self.rest_of_day(done, desk, spoken_for, code, by, words);
        }
        minutes + 1
    }

    /// A reason given in the morning holds for the afternoon, unless the pupil is in by then.
    fn rest_of_day(
        &mut self,
        time: NaiveTime,
        desk: At,
        mut pupils: Vec<usize>,
        code: Code,
        by: String,
        words: String,
    ) {
        pupils.retain(|place| self.pupils.get(*place).is_some_and(|pupil| !is_in(pupil.pm, Session::Pm)));
        if pupils.is_empty() {
            return;
        }
        let afternoon = self.session(Session::Pm);
        let (from, until, channel) = (afternoon, afternoon, Channel::Telephone);
        self.put(time, desk, PlannedAct::ReportAbsence { pupils, code, from, until, by, words, channel });
    }

    fn answer(&mut self, open: &Open, contact: &MadeContact, now: NaiveTime, unaware: bool) -> Answer {
        let words = &self.school.from.words;
        let short = |outcome, note| Answer { outcome, code: None, note, call_back: None, minutes: 1 };
        if contact.stale {
            return short(CallOutcome::WrongNumber, self.draw.word(&words.call.wrong_number));
        }
        if unaware {
            return Answer { minutes: 5, ..short(CallOutcome::Unaware, self.draw.word(&words.call.unaware)) };
        }
        let code = open.here.am.code;
        // Those who keep a child at home without a reason answer the telephone less.
        let answers = if code == Code::O || code == Code::N { 0.42 } else { 0.66 };
        let draw = self.draw.unit();
        if draw < answers {
            let minutes = self.draw.between(1, 3);
            let (code, note) = match code {
                _ if open.here.comes.is_some() => (None, self.draw.word(&words.call.on_the_way)),
                Code::O | Code::N => (Some(Code::O), self.draw.word(&words.call.weak)),
                Code::I => {
                    let ill = words.report.get(&code).map(|list| self.draw.word(list)).unwrap_or_default();
                    (Some(code), format!("{ill}; {}", self.draw.word(&words.call.aware)))
                }
                code => (Some(code), words.report.get(&code).map(|list| self.draw.word(list)).unwrap_or_default()),
            };
            Answer { outcome: CallOutcome::Aware, code, note, call_back: None, minutes }
        } else if draw < answers + 0.06 {
            let again = now + TimeDelta::minutes(self.draw.between(25, 60));
            let note = self.draw.word(&words.call.call_back);
            Answer { call_back: Some(again), ..short(CallOutcome::CallBack, note) }
        } else if draw < answers + (1.0 - answers) / 2.0 {
            short(CallOutcome::LeftMessage, self.draw.word(&words.call.left_message))
        } else {
            short(CallOutcome::NoAnswer, self.draw.word(&words.call.no_answer))
        }
    }
}
