//! A pupil's trail through the day: each sign of them and each place they were missed, by time.

use chrono::{NaiveDate, NaiveTime};

use super::Timed;
use crate::domain::act::ActId;
use crate::domain::code::{OnSite, Statistic};
use crate::domain::day::Day;
use crate::domain::evidence::{Evidence, Fact, Mark};
use crate::domain::pupil::{Pupil, PupilId};
use crate::domain::register::Taken;
use crate::domain::session::{DayTimes, Session};
use crate::domain::spoken::{By, Moments};

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
    Beside(By<'a>),
}

impl Sign<'_> {
    /// Whether it is more than the register itself.
    pub fn is_beside_the_register(&self) -> bool {
        matches!(self.source, Source::Beside(_))
    }

    /// Where, without the time: "period 1, 8KM Maths, Ms Ali".
    pub fn place(&self) -> String {
        match &self.source {
            Source::Register(_, Some(taken)) => format!("registration {} with {}", clock(taken.at.time()), taken.who),
            Source::Register(..) => format!("{} registration", self.session),
            Source::Gate(one) => format!("gate {}, {}", clock(self.time), one.who),
            Source::Beside(By::Lesson(lesson, _)) => {
                let teacher = lesson.teacher.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
                format!("period {}, {}{teacher}", lesson.period, lesson.class)
            }
            Source::Beside(By::Sighting(one)) => format!("{}, {}", one.place, one.who),
            Source::Beside(By::Movement(one)) => {
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
            Source::Beside(By::Lesson(..) | By::Sighting(_)) => format!("{} {}", self.place(), clock(self.time)),
            _ => self.place(),
        }
    }

    /// The time its line shows: a register's is when it was taken.
    fn shown(&self) -> NaiveTime {
        match self.source {
            Source::Register(_, Some(taken)) => taken.at.time(),
            _ => self.time,
        }
    }

    /// A line of evidence: "09:00 N in period 1, 8KM Maths, Ms Ali".
    fn line(&self) -> String {
        let (time, place) = (clock(self.shown()), self.place());
        match &self.source {
            Source::Register(mark, taken) => {
                let who = taken.map_or_else(String::new, |taken| format!(", {}", taken.who));
                format!("{time} {mark} in {} registration{who}", self.session)
            }
            Source::Beside(By::Lesson(_, mark)) => format!("{time} {mark} in {place}"),
            Source::Beside(By::Sighting(one)) => format!("{time} {}seen, {place}", if one.seen { "" } else { "NOT " }),
            Source::Gate(_) | Source::Beside(By::Movement(_)) => format!("{time} {place}"),
        }
    }
}

/// A sign's line of evidence, with the time it shows.
pub fn timed(sign: &Sign<'_>, today: NaiveDate) -> Timed {
    (Some(today.and_time(sign.shown())), sign.line())
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// What the trails of everybody rest on, found once.
pub struct Trails<'a> {
    day: &'a Day,
    times: &'a DayTimes,
    moments: Moments<'a>,
}

impl<'a> Trails<'a> {
    /// Up to `now`.
    pub fn new(day: &'a Day, times: &'a DayTimes, now: NaiveTime) -> Trails<'a> {
        Trails { day, times, moments: Moments::new(day, now) }
    }

    /// A pupil's signs, by time; of two at one time the one who saw them is last, for it tells more.
    pub fn of(&self, pupil: &Pupil) -> Vec<Sign<'a>> {
        let mut signs: Vec<Sign<'a>> = Vec::new();
        signs.extend(Session::BOTH.into_iter().filter_map(|session| self.registered(pupil, session)));
        for one in self.moments.of(pupil.id) {
            let session = self.times.arriving(one.time);
            let seen = match &one.by {
                By::Lesson(_, mark) => self.says(*mark),
                By::Sighting(sighting) => Some(sighting.seen),
                // Whoever goes out or comes back is there as they do.
                By::Movement(_) => Some(true),
            };
            let Some(seen) = seen.filter(|seen| *seen || self.is_wanted(pupil.id, session)) else { continue };
            signs.push(Sign { time: one.time, seen, session, act: one.act, source: Source::Beside(one.by) });
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
