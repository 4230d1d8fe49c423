//! Where a sweep may go: tutor groups, the classes of the period, years, everybody.

use super::super::super::scene::Scene;
use crate::domain::lesson::{LessonId, period_at};
use crate::domain::name::fold;
use crate::domain::pupil::{GroupId, Pupil, PupilId};

/// Whom a sweep looks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A tutor group.
    Group(GroupId),
    /// A class of the period that goes on.
    Class(LessonId),
    /// Everybody of a year who is marked present.
    Year(i64),
    /// Everybody who is marked present.
    School,
}

impl Place {
    /// "9BW", "8KM Maths", "year 9, marked present".
    pub fn name(self, scene: &Scene) -> String {
        match self {
            Place::Group(id) => scene.roll().group(id).map_or_else(|| "-".to_owned(), |group| group.name.clone()),
            Place::Class(id) => scene.day.lesson(id).map_or_else(|| "-".to_owned(), |lesson| lesson.class.clone()),
            Place::Year(year) => format!("year {year}, marked present"),
            Place::School => "everyone marked present".to_owned(),
        }
    }

    /// The pupils, by name.
    pub fn pupils(self, scene: &Scene) -> Vec<PupilId> {
        let wanted = |pupil: &&Pupil| match self {
            Place::Group(group) => pupil.group == Some(group),
            Place::Class(lesson) => scene.day.lesson_marks_of(pupil.id).iter().any(|one| one.lesson == lesson),
            Place::Year(year) => scene.roll().year_of(pupil) == Some(year) && scene.is_in(pupil.id),
            Place::School => scene.is_in(pupil.id),
        };
        scene.day.on_roll().filter(wanted).map(|pupil| pupil.id).collect()
    }
}

/// Every place whose name holds what is typed.
pub fn matching(typed: &str, scene: &Scene) -> Vec<Place> {
    let (roll, day) = (scene.roll(), &scene.day);
    let period = period_at(&roll.school.periods, scene.time());
    let classes = day.lessons.iter().filter(|lesson| period.is_some_and(|period| period.name == lesson.period));
    let mut years: Vec<i64> = roll.groups.iter().filter_map(|group| group.year).collect();
    years.dedup();
    let groups = roll.groups.iter().map(|group| Place::Group(group.id));
    let all = groups
        .chain(classes.map(|lesson| Place::Class(lesson.id)))
        .chain(years.into_iter().map(Place::Year))
        .chain([Place::School]);
    let typed = fold(typed.trim());
    all.filter(|place| fold(&place.name(scene)).contains(&typed)).collect()
}
