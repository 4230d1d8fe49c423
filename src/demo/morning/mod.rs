//! One school morning, and its afternoon registers: who is where today, and the acts that put it on record.

pub mod calls;
pub mod lessons;
pub mod registers;
pub mod reports;
pub mod scenes;
pub mod turns;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::draw::{Draw, For};
use super::history::schedule::{Absence, Schedule};
use super::planned::{Planned, PlannedAct};
use super::school::MadeSchool;
use crate::domain::act::Officer;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::{DayTimes, Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use scenes::Scenes;

/// The morning of the school's today, as it is being planned.
pub struct Morning<'a> {
    pub(super) school: &'a MadeSchool,
    pub(super) draw: Draw,
    pub(super) date: NaiveDate,
    pub(super) times: DayTimes,
    /// Where each pupil really is.
    pub(super) pupils: Vec<Whereabouts>,
    /// Pupils whose absence the school knew of before any register came in.
    pub(super) reported: BTreeSet<usize>,
    /// When each group's morning register first came in.
    pub(super) taken: Vec<NaiveTime>,
    /// Whose day is out of the ordinary.
    pub(super) scenes: Scenes,
    pub(super) planned: Vec<Planned>,
}

/// Where a pupil really is today, whoever knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whereabouts {
    pub(super) am: Mark,
    pub(super) pm: Mark,
    /// The stretch of absence the morning is part of.
    pub(super) absence: Option<Absence>,
    /// When the pupil comes in late.
    pub(super) comes: Option<NaiveTime>,
}

/// Where somebody sits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum At {
    Office = 0,
    Gate = 1,
    BackOffice = 2,
}

impl Morning<'_> {
    /// Everything done at the school today, in order of time, with what was recorded in the days before. Nothing on a day without
    /// school.
    pub fn plan(school: &MadeSchool) -> Vec<Planned> {
        Morning::plan_with_scenes(school).0
    }

    /// The same, with who plays what.
    pub(super) fn plan_with_scenes(school: &MadeSchool) -> (Vec<Planned>, Scenes) {
        let date = school.today;
        if !school.calendar.is_school_day(date) {
            return (Vec::new(), Scenes::default());
        }
        let mut morning = Morning {
            school,
            draw: Draw::new(school.seed, For::Morning),
            date,
            times: *school.settings.times.on(date.weekday()),
            pupils: Vec::new(),
            reported: BTreeSet::new(),
            taken: Vec::new(),
            scenes: Scenes::default(),
            planned: Vec::new(),
        };
        morning.place_pupils();
        morning.known_before();
        morning.reports();
        morning.set_scenes();
        morning.registers();
        morning.gate();
        morning.calls();
        morning.afternoon();
        morning.play_scenes();
        morning.lesson_registers();
        morning.planned.sort_by_key(|planned| planned.at);
        (morning.planned, morning.scenes)
    }

    /// Where everybody is, carried on from the days before.
    fn place_pupils(&mut self) {
        let mut schedule = Schedule::new(self.school, Calendar::year_start(self.date).year());
        while schedule.next().is_some() {}
        let marks = schedule.day(self.date);
        let here = |session| marks.iter().filter(move |(_, half, _)| *half == session).map(|(_, _, mark)| *mark);
        let halves = here(Session::Am).zip(here(Session::Pm)).enumerate();
        for (place, (am, pm)) in halves {
            let absence = schedule.absence(place).filter(|absence| absence.code == am.code);
            let minutes = am.minutes.map(|minutes| self.times.am.opens + TimeDelta::minutes(minutes));
            let comes = minutes.map(|minute| minute + TimeDelta::seconds(self.draw.between(0, 50)));
            self.pupils.push(Whereabouts { am, pm, absence, comes });
        }
        let scenario = &self.school.scenario;
        let pairs = [
            scenario.both_out.map(|(one, other)| [Some(one), Some(other)]),
            scenario.one_out.map(|(out, _)| [Some(out), None]),
        ];
        let present = [scenario.contradicted, scenario.slipped, scenario.one_out.map(|(_, sibling)| sibling)];
        let vulnerable = scenario.vulnerable.iter().map(|place| Some(*place));
        for place in pairs.into_iter().flatten().flatten().chain(vulnerable).flatten() {
            let absence = Absence { code: Code::I, began: self.date, left: 0 };
            self.set(place, Mark::plain(Code::I), Mark::plain(Code::I), Some(absence));
        }
        for place in present.into_iter().flatten() {
            self.set(place, Mark::plain(Code::PRESENT_AM), Mark::plain(Code::PRESENT_PM), None);
        }
        if let Some(place) = scenario.watched_late {
            let comes = clock(9, 5) + TimeDelta::seconds(35);
            let minutes = (comes - self.times.am.opens).num_minutes();
            self.set(place, Mark { code: Code::L, minutes: Some(minutes) }, Mark::plain(Code::PRESENT_PM), None);
            if let Some(pupil) = self.pupils.get_mut(place) {
                pupil.comes = Some(comes);
            }
        }
    }

    pub(super) fn set(&mut self, place: usize, am: Mark, pm: Mark, absence: Option<Absence>) {
        if let Some(pupil) = self.pupils.get_mut(place) {
            *pupil = Whereabouts { am, pm, absence, comes: None };
        }
    }

    /// Everybody, with where they are.
    pub(super) fn everybody(&self) -> Vec<(usize, Whereabouts)> {
        self.pupils.iter().copied().enumerate().collect()
    }

    /// A session of today.
    pub(super) fn session(&self, session: Session) -> SessionDate {
        SessionDate::new(self.date, session)
    }

    /// Whoever sits there.
    pub(super) fn officer(&self, at: At) -> Officer {
        let seat = self.school.from.staff.desks.get(at as usize);
        seat.map_or_else(
            || Officer::unbound("Office", "attendance officer", "office"),
            |seat| Officer::unbound(&seat.name, &seat.post, &seat.desk),
        )
    }

    /// Put down a act of today at a desk.
    pub(super) fn put(&mut self, time: NaiveTime, at: At, act: PlannedAct) {
        let who = self.officer(at);
        self.add(self.date.and_time(time), who, act);
    }

    /// Put down a act of any day by anybody.
    pub(super) fn add(&mut self, at: NaiveDateTime, who: Officer, act: PlannedAct) {
        self.planned.push(Planned { at, who, act });
    }

    /// A time so many minutes, and some seconds, after another.
    pub(super) fn after(&mut self, time: NaiveTime, minutes: i64) -> NaiveTime {
        time + TimeDelta::minutes(minutes) + TimeDelta::seconds(self.draw.between(0, 59))
    }
}

/// Whether the mark says the pupil comes in at all.
pub(super) fn is_in(mark: Mark, session: Session) -> bool {
    mark.code == Code::present(session) || mark.code == Code::L || mark.code == Code::U
}

/// A clock time; every one written in the plan exists.
pub(super) fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}
