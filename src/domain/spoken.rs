//! What spoke of a pupil during the day beside the session's own register: lessons, movements, and who looked for them.

use std::collections::HashMap;

use chrono::NaiveTime;

use super::act::ActId;
use super::day::Day;
use super::evidence::Mark;
use super::lesson::{Lesson, LessonId};
use super::presence::{Movement, Sighting};
use super::pupil::PupilId;

/// One moment at which a pupil was spoken of.
pub struct Spoken<'a> {
    /// When, school-local: a lesson counts from its start.
    pub time: NaiveTime,
    /// The act that recorded it.
    pub act: ActId,
    /// By what.
    pub by: By<'a>,
}

/// What spoke.
pub enum By<'a> {
    /// A lesson's register, with the mark there.
    Lesson(&'a Lesson, Mark),
    /// Out of the building, or back.
    Movement(&'a Movement),
    /// Looked for: seen, or not.
    Sighting(&'a Sighting),
}

/// What the moments of everybody rest on, found once.
pub struct Moments<'a> {
    day: &'a Day,
    lessons: HashMap<LessonId, (&'a Lesson, NaiveTime)>,
    movements: HashMap<PupilId, Vec<&'a Movement>>,
    sightings: HashMap<PupilId, Vec<&'a Sighting>>,
}

impl<'a> Moments<'a> {
    /// Of a day up to `now`: what is to come later has not spoken yet.
    pub fn new(day: &'a Day, now: NaiveTime) -> Moments<'a> {
        let starts =
            |lesson: &Lesson| day.period_of(lesson).map(|period| period.starts).filter(|starts| *starts <= now);
        let lessons = day.lessons.iter().filter_map(|lesson| Some((lesson.id, (lesson, starts(lesson)?)))).collect();
        let (mut movements, mut sightings) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for one in day.movements.iter().filter(|one| one.time <= now) {
            movements.entry(one.pupil).or_default().push(one);
        }
        for one in day.sightings.iter().filter(|one| one.time <= now) {
            sightings.entry(one.pupil).or_default().push(one);
        }
        Moments { day, lessons, movements, sightings }
    }

    /// A pupil's moments: lessons, then movements, then sightings, each in the order in which they are held.
    pub fn of(&self, pupil: PupilId) -> impl Iterator<Item = Spoken<'a>> {
        let lessons = self.day.lesson_marks_of(pupil).iter().filter_map(|one| {
            let (mark, (lesson, time)) = (one.mark?, *self.lessons.get(&one.lesson)?);
            Some(Spoken { time, act: one.act, by: By::Lesson(lesson, mark) })
        });
        let movements = self.movements.get(&pupil).into_iter().flatten();
        let movements = movements.map(|one| Spoken { time: one.time, act: one.act, by: By::Movement(one) });
        let sightings = self.sightings.get(&pupil).into_iter().flatten();
        let sightings = sightings.map(|one| Spoken { time: one.time, act: one.act, by: By::Sighting(one) });
        lessons.chain(movements).chain(sightings)
    }
}
