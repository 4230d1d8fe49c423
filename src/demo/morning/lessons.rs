//! Lessons' registers: handed in within ten minutes of the period's start, by the teacher; a few are missing.

use chrono::{NaiveTime, TimeDelta};

use super::{Morning, is_in};
use crate::demo::draw::{Draw, For};
use crate::demo::planned::PlannedAct;
use crate::demo::timetable::MadeLesson;
use crate::domain::act::{Officer, TakenBy};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;

/// Share of lessons' registers that nobody takes.
const FORGOTTEN: f64 = 0.04;

impl Morning<'_> {
    /// Every lesson's register of the day.
    pub(in crate::demo) fn lesson_registers(&mut self) {
        let mut draw = Draw::new(self.school.seed, For::Lessons);
        let periods = self.school.settings.periods.clone();
        for lesson in self.school.lessons() {
            let Some(period) = periods.get(lesson.period) else { continue };
            let seconds = (draw.log_normal(200.0, 0.5) as i64).clamp(45, 590);
            let taken = period.starts + TimeDelta::seconds(seconds);
            if draw.chance(FORGOTTEN) && !self.is_watched_class(&lesson) {
                continue;
            }
            let session = self.times.current(period.starts);
            let members: Vec<usize> = self.school.members(lesson.group).collect();
            let mark = |place: usize| Some((place, self.lesson_mark(place, session, period.starts, taken)?));
            let marks = members.into_iter().filter_map(mark).collect();
            let who = Officer::unbound(&lesson.teacher, "teacher", &lesson.room);
            let (period, class, by) = (period.name.clone(), lesson.class, TakenBy::Teacher(lesson.teacher));
            self.add(self.date.and_time(taken), who, PlannedAct::TakeLesson { period, class, by, marks });
        }
    }

    /// Whether somebody of whom two things are said is due there: without that register nobody would know.
    fn is_watched_class(&self, lesson: &MadeLesson) -> bool {
        self.school.members(lesson.group).any(|place| self.scenes.plays(place))
    }

    /// What the teacher sees at `taken`; the register shows what the school was told of already.
    fn lesson_mark(&self, place: usize, session: Session, starts: NaiveTime, taken: NaiveTime) -> Option<Mark> {
        let pupil = self.pupils.get(place)?;
        let (mark, comes) = match session {
            Session::Am => (pupil.am, pupil.comes),
            Session::Pm => (pupil.pm, self.comes_back(pupil.pm)),
        };
        if !is_in(mark, session) {
            let code = if self.reported.contains(&place) { mark.code } else { Code::N };
            return Some(Mark::plain(code));
        }
        if comes.is_some_and(|comes| comes > taken) || !self.scenes.is_in_lesson(place, starts, taken) {
            return Some(Mark::plain(Code::N));
        }
        let late = comes.map(|comes| (comes - starts).num_minutes()).filter(|minutes| *minutes > 0);
        Some(match late {
            Some(minutes) => Mark { code: Code::L, minutes: Some(minutes) },
            None => Mark::plain(Code::present(session)),
        })
    }
}
