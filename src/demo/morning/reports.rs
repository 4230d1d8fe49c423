//! What the school knows before the registers: diaries, the watch list, and the calls and messages from 07:40.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{At, Morning, Whereabouts, clock, is_in};
use crate::demo::people::MadeContact;
use crate::demo::planned::PlannedAct;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;

/// Codes only an arrangement gives, each put in the diary once for all its pupils.
const ARRANGED: [&str; 9] = ["V", "P", "B", "K", "D", "W", "S", "R", "C2"];

impl Morning<'_> {
    /// The diary and the watch list.
    pub(in crate::demo) fn known_before(&mut self) {
        let before: Vec<NaiveDate> = self.school.calendar.school_days_before(self.date).take(12).collect();
        let Some(yesterday) = before.first().copied() else { return };
        for code in ARRANGED.into_iter().filter_map(Code::parse) {
            self.arranged(code, before.get(5).copied().unwrap_or(yesterday));
        }
        let mut reasons = self.school.from.words.watch.reasons.clone();
        self.draw.shuffle(&mut reasons);
        let watched = self.school.scenario.watched.clone();
        for (n, (place, reason)) in watched.into_iter().zip(reasons.into_iter().cycle()).enumerate() {
            let date = self.draw.pick(&before).copied().unwrap_or(yesterday);
            let time = self.after(clock(12, 40), 0) + chrono::TimeDelta::minutes(self.draw.between(0, 140));
            let until = self.draw.chance(0.35).then(|| self.date + Days::new(10));
            let who = self.officer(At::Office);
            // One in three is looked at again today, another next week.
            let review = [Some(self.date), Some(until.unwrap_or(self.date + Days::new(6))), None];
            let review = review.get(n % review.len()).copied().flatten();
            self.add(date.and_time(time), who, PlannedAct::Watch { pupil: place, reason, until, review });
        }
    }

    /// One entry in the diary for everybody who has this code today.
    fn arranged(&mut self, code: Code, noted: NaiveDate) {
        let arranged = |session: Session, pupil: &Whereabouts| {
            let mark = if session == Session::Am { pupil.am } else { pupil.pm };
            mark.code == code && pupil.absence.is_none_or(|absence| absence.code != code)
        };
        for (from, until) in [(Session::Am, Session::Pm), (Session::Pm, Session::Pm)] {
            let whole = from == Session::Am;
            let of = |(_, pupil): &(usize, Whereabouts)| {
                arranged(Session::Am, pupil) == whole && (whole || arranged(Session::Pm, pupil))
            };
            let pupils: Vec<usize> = self.everybody().into_iter().filter(of).map(|(place, _)| place).collect();
            let Some((by, words)) = self.school.from.words.plan.get(&code).filter(|_| !pupils.is_empty()) else {
                continue;
            };
            let (from, until) = (self.session(from), self.session(until));
            self.reported.extend(pupils.iter().filter(|_| whole));
            let (by, words, channel) = (by.clone(), words.clone(), Channel::Email);
            let act = PlannedAct::ReportAbsence { pupils, code, from, until, by, words, channel };
            let (time, who) = (self.after(clock(14, 5), 0), self.officer(At::BackOffice));
            self.add(noted.and_time(time), who, act);
        }
    }

    /// The answerphone, the telephone, and yesterday's "back on Thursday".
    pub(in crate::demo) fn reports(&mut self) {
        let scenario = self.school.scenario.clone();
        let pairs = [scenario.both_out, scenario.one_out].into_iter().flatten().flat_map(|(one, other)| [one, other]);
        let silent: Vec<usize> = pairs.chain(scenario.vulnerable.iter().copied()).collect();
        for (place, pupil) in self.everybody() {
            if is_in(pupil.am, Session::Am) || self.reported.contains(&place) || silent.contains(&place) {
                continue;
            }
            let continuing = pupil.absence.is_some_and(|absence| absence.began < self.date);
            let (before, this_morning) = match (pupil.am.code.as_str(), continuing) {
                ("E" | "J1" | "C1" | "T", _) => (1.0, 0.0),
                ("C", _) => (0.6, 0.3),
                ("G", _) => (0.45, 0.1),
                ("M", _) => (0.4, 0.5),
                ("I", true) => (0.55, 0.28),
                ("I", false) => (0.0, 0.77),
                ("O", _) => (0.06, 0.20),
                _ => (0.0, 0.0),
            };
            let draw = self.draw.unit();
            if draw < before {
                self.reported_before(place, pupil);
            } else if draw < before + this_morning {
                self.reported(place, pupil.am.code, pupil);
            }
        }
        if let Some(place) = scenario.contradicted
            && let Some(pupil) = self.pupils.get(place).copied()
        {
            self.reported(place, Code::I, pupil);
            self.reported.remove(&place);
        }
    }

    /// Somebody rang this morning.
    fn reported(&mut self, place: usize, code: Code, pupil: Whereabouts) {
        let minutes = self.draw.between(0, 59);
        let time = self.after(clock(7, 40), minutes);
        // Until half past eight one of them works through the answerphone; the other takes calls.
        let desk = if self.draw.chance(0.6) { At::Office } else { At::BackOffice };
        let half_day = is_in(pupil.pm, Session::Pm) && pupil.absence.is_some();
        let last = if half_day { Session::Am } else { Session::Pm };
        let more = if code == Code::I && self.draw.chance(0.25) {
            pupil.absence.map_or(0, |absence| absence.left / 2)
        } else {
            0
        };
        self.report(place, code, SessionDate::new(self.days_on(more), last), self.date, time, desk);
    }

    /// Somebody said so on an earlier day.
    fn reported_before(&mut self, place: usize, pupil: Whereabouts) {
        let Some(yesterday) = self.school.calendar.school_days_before(self.date).next() else { return };
        let left = pupil.absence.map_or(0, |absence| absence.left);
        let last = if left == 0 && is_in(pupil.pm, Session::Pm) { Session::Am } else { Session::Pm };
        let minutes = self.draw.between(0, 70);
        let time = self.after(clock(14, 0), minutes);
        self.report(place, pupil.am.code, SessionDate::new(self.days_on(left / 2), last), yesterday, time, At::Office);
    }

    fn report(&mut self, place: usize, code: Code, until: SessionDate, on: NaiveDate, time: NaiveTime, desk: At) {
        let words = &self.school.from.words;
        let known = words.report.get(&code).map(|list| self.draw.word(list));
        let (by, words) = match (known, words.plan.get(&code)) {
            (Some(said), _) => (self.rings_in(place), said),
            (None, Some((by, said))) => (by.clone(), said.clone()),
            (None, None) => (self.rings_in(place), String::new()),
        };
        let channel = if time < clock(8, 10) { Channel::Answerphone } else { Channel::Telephone };
        self.reported.insert(place);
        let (pupils, from) = (vec![place], self.session(Session::Am));
        let act = PlannedAct::ReportAbsence { pupils, code, from, until, by, words, channel };
        let who = self.officer(desk);
        self.add(on.and_time(time), who, act);
    }

    /// The first or second contact, as written beside a report.
    fn rings_in(&mut self, place: usize) -> String {
        let second = usize::from(self.draw.chance(0.25));
        let contacts = self.school.contacts(place);
        let rings = contacts.iter().filter(|contact| !contact.do_not_contact).nth(second).or_else(|| contacts.first());
        rings.map_or_else(String::new, MadeContact::introduced)
    }

    /// The school day so many after today; today itself for none.
    fn days_on(&self, days: u32) -> NaiveDate {
        let mut after = self.school.calendar.school_days_after(self.date);
        (1..=days).filter_map(|_| after.next()).last().unwrap_or(self.date)
    }
}
