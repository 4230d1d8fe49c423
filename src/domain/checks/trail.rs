//! A pupil's trail through the day: each sign of them and each place they were missed, by time.

use std::collections::HashMap;

use chrono::NaiveTime;

use crate::domain::act::ActId;
use crate::domain::code::{OnSite, Statistic};
use crate::domain::day::Day;
use crate::domain::evidence::{Evidence, Fact, Mark};
use crate::domain::lesson::{Lesson, LessonId};
use crate::domain::presence::{Movement, Sighting};
use crate::domain::pupil::{Pupil, PupilId};
use crate::domain::register::Taken;
use crate::domain::session::{DayTimes, Session};

/// One sign, or the want of one.
pub struct Sign<'a> {
    /// When, school-local: a lesson counts from its start, a register from its opening.
    pub time: NaiveTime,
    /// Seen there, or missed.
    pub seen: bool,
    /// The half of the day it falls into.
    pub session: Session,
    /// The act that recorded it.
    pub act: ActId,
    source: Source<'a>,
}

/// Where a sign comes from.
enum Source<'a> {
    Register(Mark, Option<&'a Taken>),
    Gate(&'a Evidence),
    Lesson(&'a Lesson, Mark),
    Sighting(&'a Sighting),
    Movement(&'a Movement),
}

impl Sign<'_> {
    /// Whether it is more than the register itself.
    pub fn is_beside_the_register(&self) -> bool {
        !matches!(self.source, Source::Register(..) | Source::Gate(_))
    }

    /// Where, without the time: "period 1, 8KM Maths, Ms Ali".
    pub fn place(&self) -> String {
        match &self.source {
            Source::Register(_, Some(taken)) => format!("registration {} with {}", clock(taken.at.time()), taken.who),
            Source::Register(..) => format!("{} registration", self.session),
            Source::Gate(one) => format!("gate {}, {}", clock(self.time), one.who),
            Source::Lesson(lesson, _) => {
                let teacher = lesson.teacher.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
                format!("period {}, {}{teacher}", lesson.period, lesson.class)
            }
            Source::Sighting(one) => format!("{}, {}", one.place, one.who),
            Source::Movement(one) => {
                format!(
                    "{} {}, {}",
                    one.way.as_str(),
                    clock(one.time),
                    if one.reason.is_empty() { &one.who } else { &one.reason }
                )
            }
        }
    }

    /// Where and when: what is last seen of somebody.
    pub fn place_and_time(&self) -> String {
        match &self.source {
            Source::Lesson(..) | Source::Sighting(_) => format!("{} {}", self.place(), clock(self.time)),
            _ => self.place(),
        }
    }

    /// A line of evidence: "09:00 N in period 1, 8KM Maths, Ms Ali".
    pub fn line(&self) -> String {
        let (time, place) = (clock(self.time), self.place());
        match &self.source {
            Source::Register(mark, taken) => {
                let time = taken.map_or(self.time, |taken| taken.at.time());
                let who = taken.map_or_else(String::new, |taken| format!(", {}", taken.who));
                format!("{} {mark} in {} registration{who}", clock(time), self.session)
            }
            Source::Lesson(_, mark) => format!("{time} {mark} in {place}"),
            Source::Sighting(one) => format!("{time} {}seen, {place}", if one.seen { "" } else { "NOT " }),
            Source::Gate(_) | Source::Movement(_) => format!("{time} {place}"),
        }
    }
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// What the trails of everybody rest on, found once.
pub struct Trails<'a> {
    day: &'a Day,
    times: &'a DayTimes,
    now: NaiveTime,
    lessons: HashMap<LessonId, (&'a Lesson, NaiveTime)>,
    sightings: HashMap<PupilId, Vec<&'a Sighting>>,
    movements: HashMap<PupilId, Vec<&'a Movement>>,
}

impl<'a> Trails<'a> {
    /// Up to `now`.
    pub fn new(day: &'a Day, times: &'a DayTimes, now: NaiveTime) -> Trails<'a> {
        let starts =
            |lesson: &Lesson| day.period_of(lesson).map(|period| period.starts).filter(|starts| *starts <= now);
        let lessons = day.lessons.iter().filter_map(|lesson| Some((lesson.id, (lesson, starts(lesson)?)))).collect();
        let (mut sightings, mut movements) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for one in &day.sightings {
            sightings.entry(one.pupil).or_default().push(one);
        }
        for one in &day.movements {
            movements.entry(one.pupil).or_default().push(one);
        }
        Trails { day, times, now, lessons, sightings, movements }
    }

    /// A pupil's signs, by time; of two at one time the one who saw them is last, for it tells more.
    pub fn of(&self, pupil: &Pupil) -> Vec<Sign<'a>> {
        let mut signs: Vec<Sign<'a>> = Vec::new();
        signs.extend(Session::BOTH.into_iter().filter_map(|session| self.registered(pupil, session)));
        for one in self.day.lesson_marks_of(pupil.id) {
            let (Some(mark), Some((lesson, time))) = (one.mark, self.lessons.get(&one.lesson)) else { continue };
            let session = self.times.arriving(*time);
            let Some(seen) = self.says(mark) else { continue };
            if seen || self.is_wanted(pupil.id, session) {
                signs.push(Sign { time: *time, seen, session, act: one.act, source: Source::Lesson(lesson, mark) });
            }
        }
        for one in self.sightings.get(&pupil.id).into_iter().flatten().filter(|one| one.time <= self.now) {
            let session = self.times.arriving(one.time);
            if one.seen || self.is_wanted(pupil.id, session) {
                signs.push(Sign {
                    time: one.time,
                    seen: one.seen,
                    session,
                    act: one.act,
                    source: Source::Sighting(one),
                });
            }
        }
        for one in self.movements.get(&pupil.id).into_iter().flatten() {
            let session = self.times.arriving(one.time);
            signs.push(Sign { time: one.time, seen: true, session, act: one.act, source: Source::Movement(one) });
        }
        signs.sort_by_key(|sign| (sign.time, sign.seen));
        signs
    }

    /// What a mark says of where they are: seen, missed, or neither (elsewhere by arrangement).
    fn says(&self, mark: Mark) -> Option<bool> {
        let codes = &self.day.roll.codes;
        match (codes.on_site(mark.code), codes.statistic(mark.code)) {
            (OnSite::Yes, _) => Some(true),
            (_, Some(Statistic::Authorised | Statistic::Unauthorised)) => Some(false),
            _ => None,
        }
    }

    /// Whether the pupil should be in the building in a session: not where the settled mark explains that they are not.
    fn is_wanted(&self, pupil: PupilId, session: Session) -> bool {
        let Some(mark) = self.day.mark(pupil, session).settled else { return true };
        let codes = &self.day.roll.codes;
        codes.on_site(mark.code) == OnSite::Yes || codes.statistic(mark.code) == Some(Statistic::Unauthorised)
    }

    /// The session's own sign: through the gate, or in the register.
    fn registered(&self, pupil: &Pupil, session: Session) -> Option<Sign<'a>> {
        let stands = self.day.mark(pupil.id, session);
        let mark = stands.settled.filter(|_| self.is_wanted(pupil.id, session))?;
        let seen = self.says(mark)?;
        let evidence = self.day.evidence.get(&(pupil.id, session)).map_or(&[][..], Vec::as_slice);
        let arrivals = evidence.iter().filter_map(|one| match one.fact {
            Fact::Gate { time, .. } => Some((time, one)),
            _ => None,
        });
        let taken = pupil.group.and_then(|group| self.day.handed_in.get(&(group, session, stands.taken)));
        match arrivals.min_by_key(|(time, one)| (*time, one.act)).filter(|_| seen) {
            Some((time, one)) => Some(Sign { time, seen, session, act: one.act, source: Source::Gate(one) }),
            None => {
                let time = self.times.of(session).opens;
                let act = stands.taken.max(stands.revision);
                Some(Sign { time, seen, session, act, source: Source::Register(mark, taken) })
            }
        }
    }
}
