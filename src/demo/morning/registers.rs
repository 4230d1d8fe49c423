//! Registers as they come in, are chased and put right; and the queue at the gate.

use chrono::{NaiveTime, TimeDelta};

use super::scenes::stands_in_register;
use super::{At, Morning, clock, is_in};
use crate::demo::people::MadeGroup;
use crate::demo::planned::PlannedAct;
use crate::domain::act::{Officer, TakenBy};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::register::ChaseMethod;

impl Morning<'_> {
    /// The morning registers: most within half an hour, a few chased, one or two with blanks left.
    pub(in crate::demo) fn registers(&mut self) {
        let groups = self.school.groups.clone();
        self.taken = groups.iter().map(|_| self.handed_in(self.times.am.opens, 30)).collect();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        self.draw.shuffle(&mut order);
        let stragglers =
            if groups.len() >= 20 { ((groups.len() as f64) * 0.06).round() as usize } else { groups.len() / 6 };
        let part_marked = (groups.len() / 5).min(2);
        for (nth, place) in order.into_iter().enumerate() {
            let Some(group) = groups.get(place) else { continue };
            if nth < stragglers {
                self.straggles(nth, place, group);
            } else if nth < stragglers + part_marked {
                self.part_marked(nth == stragglers, place, group);
            } else {
                if let Some(turn) = nth.checked_sub(groups.len() - groups.len() / 4) {
                    self.is_slow(turn, groups.len() / 4, place);
                }
                self.take(place, group, Session::Am, self.taken_at(place), TakenBy::Teacher(group.tutor.clone()), &[]);
            }
        }
        if let Some(place) = self.school.scenario.slipped {
            let taken = self.school.pupils.get(place).map_or(clock(9, 13), |pupil| self.taken_at(pupil.group));
            let time = self.after(taken.max(clock(9, 13)), 4);
            self.amend(time, place, "tutor rang: is in the room, marked by mistake");
        }
    }

    /// When a register opened at `opens` is handed in: within ten minutes as a rule.
    fn handed_in(&mut self, opens: NaiveTime, longest: i64) -> NaiveTime {
        let seconds = (self.draw.log_normal(300.0, 0.6) as i64).clamp(40, (longest - 2) * 60);
        opens + TimeDelta::minutes(2) + TimeDelta::seconds(seconds)
    }

    /// Assembly ran over: these come in one after another between five past nine and the close.
    fn is_slow(&mut self, turn: usize, of: usize, place: usize) {
        let step = 420 / i64::try_from(of.max(1)).unwrap_or(1);
        let seconds = 15 + step * i64::try_from(turn).unwrap_or(0) + self.draw.between(0, step / 2);
        if let Some(taken) = self.taken.get_mut(place) {
            *taken = clock(9, 5) + TimeDelta::seconds(seconds);
        }
    }

    fn taken_at(&self, group: usize) -> NaiveTime {
        self.taken.get(group).copied().unwrap_or(clock(9, 10))
    }

    /// A cover lesson: chased, and chased again, and in by twenty to ten.
    fn straggles(&mut self, nth: usize, place: usize, group: &MadeGroup) {
        let cover = self.draw.word(&self.school.from.staff.cover);
        let act =
            PlannedAct::Cover { group: group.name.clone(), at: self.session(Session::Am), teacher: cover.clone() };
        self.put(clock(8, 15), At::BackOffice, act);
        let (minutes, later) = (self.draw.between(0, 5), self.draw.between(0, 6));
        let first = self.after(clock(8, 56), minutes);
        self.chase(first, group, if nth == 0 { ChaseMethod::Phone } else { ChaseMethod::Message });
        let second = self.after(clock(9, 11), minutes);
        self.chase(second, group, ChaseMethod::Runner);
        // The second of them sends a list back with the runner, which the office types in.
        let (time, by) = if nth == 1 {
            (self.after(clock(9, 30), later), TakenBy::Paper(cover.clone()))
        } else {
            (self.after(clock(9, 19), later), TakenBy::Teacher(cover.clone()))
        };
        if let Some(taken) = self.taken.get_mut(place) {
            *taken = time;
        }
        self.take(place, group, Session::Am, time, by, &[]);
        if nth == 1 {
            // Then the cover teacher's own register comes in after all, and it is not the same.
            let again = time + TimeDelta::minutes(7);
            if self.second_list(place, again).is_some() {
                self.take(place, group, Session::Am, again, TakenBy::Teacher(cover), &[]);
            }
        }
    }

    /// Two pupils left blank: the tutor sends the whole register again, or the office fills them in.
    fn part_marked(&mut self, sent_again: bool, place: usize, group: &MadeGroup) {
        let scenario = &self.school.scenario;
        let played = [scenario.contradicted, scenario.slipped];
        let mut blanks: Vec<usize> = self
            .school
            .members(place)
            .filter(|member| !played.contains(&Some(*member)))
            .filter(|member| self.pupils.get(*member).is_some_and(|pupil| pupil.am.code == Code::PRESENT_AM))
            .collect();
        self.draw.shuffle(&mut blanks);
        blanks.retain(|member| !self.scenes.plays(*member));
        blanks.truncate(2);
        let tutor = || TakenBy::Teacher(group.tutor.clone());
        self.take(place, group, Session::Am, self.taken_at(place), tutor(), &blanks);
        if sent_again {
            let (chased, again) = (self.after(clock(9, 13), 0), self.after(clock(9, 20), 2));
            self.chase(chased, group, ChaseMethod::Message);
            self.take(place, group, Session::Am, again, tutor(), &[]);
        } else {
            for (minutes, pupil) in (0..).zip(blanks) {
                let time = self.after(clock(9, 26), minutes);
                self.amend(time, pupil, "left blank; seen in lesson 1");
            }
        }
    }

    fn chase(&mut self, time: NaiveTime, group: &MadeGroup, method: ChaseMethod) {
        let at = self.session(Session::Am);
        self.put(time, At::BackOffice, PlannedAct::Chase { group: group.name.clone(), at, method });
    }

    pub(in crate::demo) fn amend(&mut self, time: NaiveTime, pupil: usize, reason: &str) {
        let at = self.session(Session::Am);
        let act = PlannedAct::Amend { pupil, at, code: Code::PRESENT_AM, reason: reason.to_owned() };
        self.put(time, At::BackOffice, act);
    }

    /// Whether a morning register says N of somebody for a scene's sake.
    fn is_missed(&self, member: usize, by: &TakenBy) -> bool {
        let on_paper = matches!(by, TakenBy::Paper(_));
        self.scenes.missed(member)
            || self.scenes.off_the_list == Some(member)
            || !on_paper && self.scenes.on_one_list == Some(member)
    }

    /// What the tutor sees at `time`: those who are there, those who have just come in, and N for the rest. Whoever is not
    /// in by then is N, whatever the office knows; who is elsewhere by arrangement stands in the register with its code.
    fn take(
        &mut self,
        place: usize,
        group: &MadeGroup,
        session: Session,
        time: NaiveTime,
        by: TakenBy,
        blanks: &[usize],
    ) {
        let seen = |member: usize| {
            let pupil = self.pupils.get(member)?;
            let (mark, comes) = match session {
                Session::Am => (pupil.am, pupil.comes),
                Session::Pm => (pupil.pm, self.comes_back(pupil.pm)),
            };
            let slipped = session == Session::Am && self.school.scenario.slipped == Some(member);
            let missed = session == Session::Am && self.is_missed(member, &by);
            if session == Session::Am && self.scenes.turns.missed_coach == Some(member) {
                return Code::parse("V").map(|trip| (member, Mark::plain(trip)));
            }
            if stands_in_register(mark, session) && self.reported.contains(&member) && !missed {
                return Some((member, mark));
            }
            let came = comes.is_none_or(|comes| comes <= time) && !self.scenes.is_out(member, time);
            let there = is_in(mark, session) && came && !slipped && !missed;
            Some((member, if there { mark } else { Mark::plain(Code::N) }))
        };
        let marks = self.school.members(place).filter(|member| !blanks.contains(member)).filter_map(seen).collect();
        let who = match &by {
            TakenBy::Teacher(name) => Officer::unbound(name, "tutor", &group.room),
            TakenBy::Paper(_) | TakenBy::Import => self.officer(At::BackOffice),
        };
        let act = PlannedAct::TakeRegister { group: group.name.clone(), at: self.session(session), by, marks };
        self.add(self.date.and_time(time), who, act);
    }

    pub(in crate::demo) fn comes_back(&self, mark: Mark) -> Option<NaiveTime> {
        mark.minutes.map(|minutes| self.times.pm.opens + TimeDelta::minutes(minutes))
    }

    /// The queue at the gate; now and then somebody slips past it into a register not yet taken.
    pub(in crate::demo) fn gate(&mut self) {
        for (place, pupil) in self.everybody() {
            let Some(time) = pupil.comes.filter(|_| !self.scenes.arrives(place)) else { continue };
            let taken = self.school.pupils.get(place).map_or(time, |pupil| self.taken_at(pupil.group));
            if time <= taken && self.draw.chance(0.1) {
                continue;
            }
            self.log_arrival(place, time);
        }
    }

    fn log_arrival(&mut self, pupil: usize, time: NaiveTime) {
        let reasons = &self.school.settings.late_reasons;
        let reason = self.draw.pick_common(reasons).map(|reason| reason.says.clone());
        let logged = time + TimeDelta::seconds(self.draw.between(3, 40));
        self.put(logged, At::Gate, PlannedAct::LogArrival { pupil, date: self.date, time, reason });
    }

    /// The afternoon registers, and those late for them.
    pub(in crate::demo) fn afternoon(&mut self) {
        for (place, group) in self.school.groups.iter().enumerate() {
            let time = self.handed_in(self.times.pm.opens, 25);
            self.take(place, group, Session::Pm, time, TakenBy::Teacher(group.tutor.clone()), &[]);
        }
        for (place, pupil) in self.everybody() {
            if let Some(time) = self.comes_back(pupil.pm).filter(|time| *time < self.times.pm.ends) {
                self.log_arrival(place, time);
            }
        }
    }
}
