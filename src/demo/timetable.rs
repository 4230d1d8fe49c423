//! Today's timetable: each tutor group is taught as a class, six periods in six rooms by six teachers.

use super::draw::{Draw, For};
use super::people::MadeGroup;
use super::school::MadeSchool;
use crate::domain::incoming::{IncomingLesson, Place};

const SUBJECTS: [&str; 9] =
    ["Maths", "English", "Science", "History", "Geography", "Art", "French", "Computing", "Music"];

/// One class in one period of today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct MadeLesson {
    /// Place of the period in the settings.
    pub(super) period: usize,
    /// Place of the tutor group it is made of.
    pub(super) group: usize,
    /// "8KM Maths".
    pub(super) class: String,
    pub(super) teacher: String,
    pub(super) room: String,
}

impl MadeSchool {
    /// Today's lessons, by period and group; none on a day without school. Nobody teaches twice in one period: every group
    /// moves on by one teacher.
    pub(super) fn lessons(&self) -> Vec<MadeLesson> {
        if !self.calendar.is_school_day(self.today) {
            return Vec::new();
        }
        let mut teachers: Vec<&MadeGroup> = self.groups.iter().collect();
        Draw::new(self.seed, For::Timetable).shuffle(&mut teachers);
        let mut lessons = Vec::new();
        for period in 0..self.settings.periods.len() {
            for (group, made) in self.groups.iter().enumerate() {
                let at = (group + period) % teachers.len().max(1);
                let subject = SUBJECTS.get(at % SUBJECTS.len()).copied().unwrap_or_default();
                let Some(taught_by) = teachers.get(at) else { continue };
                lessons.push(MadeLesson {
                    period,
                    group,
                    class: format!("{} {subject}", made.name),
                    teacher: taught_by.tutor.clone(),
                    room: taught_by.room.clone(),
                });
            }
        }
        lessons
    }

    /// The timetable as if read from a file: a row for each pupil and lesson.
    pub(super) fn timetable(&self) -> Vec<(Place, IncomingLesson)> {
        let members: Vec<Vec<usize>> = (0..self.groups.len()).map(|group| self.members(group).collect()).collect();
        let mut rows = Vec::new();
        for lesson in self.lessons() {
            let Some(period) = self.settings.periods.get(lesson.period) else { continue };
            for member in members.get(lesson.group).into_iter().flatten() {
                let Some(pupil) = self.pupils.get(*member) else { continue };
                let row = IncomingLesson {
                    pupil: self.key(pupil),
                    date: self.today,
                    period: period.name.clone(),
                    class: lesson.class.clone(),
                    teacher: Some(lesson.teacher.clone()),
                    room: Some(lesson.room.clone()),
                    mark: None,
                };
                rows.push((super::school::next_place(&rows), row));
            }
        }
        rows
    }
}
