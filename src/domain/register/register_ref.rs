//! A register, of a tutor group or a lesson: its name, its taker and room, and its pupils.

use chrono::NaiveTime;
use hashbrown::HashSet;

use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::lesson::{Lesson, LessonId, period_at};
use crate::domain::name::fold;
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};

/// Whose register.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum RegisterRef {
    /// A tutor group's, for a session.
    Group(GroupId),
    /// A lesson's.
    Lesson(LessonId),
}

/// Who takes a register today, and where.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Taker {
    /// The cover teacher, else the tutor or the lesson's teacher.
    pub who: Option<String>,
    /// It is a cover teacher.
    pub covers: bool,
    /// The room of today, else the usual one.
    pub room: Option<String>,
}

impl Taker {
    /// Who takes a lesson's register, and where.
    pub fn of(lesson: &Lesson) -> Taker {
        Taker { who: lesson.teacher.clone(), covers: false, room: lesson.room.clone() }
    }
}

impl RegisterRef {
    /// The registers called so, in either case: a tutor group's, else those of lessons by their class, alone or with its period
    /// before it. Of a class that is taught more than once today, the lesson that goes on at `now`.
    pub fn called(typed: &str, day: &Day, now: NaiveTime) -> Vec<RegisterRef> {
        let typed = fold(typed);
        if let Some(group) = day.roll.groups.iter().find(|group| fold(&group.name) == typed) {
            return vec![RegisterRef::Group(group.id)];
        }
        let is_called = |lesson: &&Lesson| fold(&lesson.class) == typed || fold(&lesson.name()) == typed;
        let lessons: Vec<&Lesson> = day.lessons.iter().filter(is_called).collect();
        let period = period_at(&day.roll.school.periods, now);
        let goes_on = |lesson: &&&Lesson| period.is_some_and(|period| period.name == lesson.period);
        match lessons.iter().find(goes_on) {
            Some(lesson) => vec![RegisterRef::Lesson(lesson.id)],
            None => lessons.iter().map(|lesson| RegisterRef::Lesson(lesson.id)).collect(),
        }
    }

    /// "8KM", or "P2 8KM Maths".
    pub fn name(self, day: &Day) -> String {
        let known = match self {
            RegisterRef::Group(id) => day.roll.group(id).map(|group| group.name.clone()),
            RegisterRef::Lesson(id) => day.lesson(id).map(Lesson::name),
        };
        known.unwrap_or_else(|| "-".to_owned())
    }

    /// Who takes it in `session` of the day, and where.
    pub fn taker(self, day: &Day, session: Session) -> Taker {
        let id = match self {
            RegisterRef::Group(id) => id,
            RegisterRef::Lesson(id) => return day.lesson(id).map_or_else(Taker::default, Taker::of),
        };
        let (group, register) = (day.roll.group(id), day.register(id, session));
        let cover = register.and_then(|register| register.cover.clone());
        let room = register.and_then(|register| register.room.clone());
        Taker {
            covers: cover.is_some(),
            who: cover.or_else(|| tutor(day, id)),
            room: room.or_else(|| group.and_then(|group| group.room.clone())),
        }
    }

    /// The pupils on roll who stand in it, by name.
    pub fn members(self, day: &Day) -> Vec<PupilId> {
        let due: HashSet<PupilId> = match self {
            RegisterRef::Group(_) => HashSet::new(),
            RegisterRef::Lesson(id) => {
                day.lesson_marks.iter().filter(|one| one.lesson == id).map(|one| one.pupil).collect()
            }
        };
        let is_due = |pupil: &&Pupil| match self {
            RegisterRef::Group(id) => pupil.group == Some(id),
            RegisterRef::Lesson(_) => due.contains(&pupil.id),
        };
        day.on_roll().filter(is_due).map(|pupil| pupil.id).collect()
    }
}

/// The tutor of a group, by name.
pub fn tutor(day: &Day, group: GroupId) -> Option<String> {
    let tutor = day.roll.group(group)?.tutor?;
    Some(day.roll.member(tutor)?.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn a_register_knows_its_name_who_takes_it_and_who_stands_in_it() {
        let mut day = day(&[]);
        let maths = lesson(&mut day, 7, "2", "8KM Maths", &[(SANNE, None), (AMIRA, Some("/")), (LEAVER, None)]);
        let tutors = lesson(&mut day, 8, "Tutor time", "9TR", &[]);
        let kemp = RegisterRef::Group(G8KM);
        assert_eq!([kemp.name(&day), RegisterRef::Lesson(maths).name(&day)], ["8KM", "P2 8KM Maths"]);
        assert_eq!(RegisterRef::Lesson(tutors).name(&day), "Tutor time 9TR");
        assert_eq!(kemp.members(&day), [LOUIS, AMIRA, SIOBHAN, SANNE]);
        assert_eq!(RegisterRef::Lesson(maths).members(&day), [AMIRA, SANNE], "by name, and on roll today");
        assert_eq!(RegisterRef::Lesson(maths).taker(&day, Session::Am).who.as_deref(), Some("Ms Ali"));
        assert_eq!(RegisterRef::Lesson(LessonId(99)).name(&day), "-");
    }

    #[test]
    fn a_register_is_called_by_its_group_or_its_class() {
        let mut day = day(&[]);
        for (id, period, class) in [(7, "1", "8KM Maths"), (8, "2", "8KM Maths"), (9, "2", "8KM Art")] {
            lesson(&mut day, id, period, class, &[]);
        }
        let called = |typed, now| -> Vec<String> {
            RegisterRef::called(typed, &day, time(now)).into_iter().map(|register| register.name(&day)).collect()
        };
        for (typed, now, names) in [
            ("8km", "09:20", &["8KM"][..]),
            ("8km art", "09:20", &["P2 8KM Art"]),
            ("8KM Maths", "09:20", &["P1 8KM Maths"]),
            ("8KM Maths", "12:45", &["P1 8KM Maths", "P2 8KM Maths"]),
            ("p2 8km maths", "09:20", &["P2 8KM Maths"]),
            ("9ZZ", "09:20", &[]),
        ] {
            assert_eq!(called(typed, now), names, "{typed} at {now}");
        }
    }

    #[test]
    fn cover_takes_the_tutor_s_place_in_its_own_session_only() {
        let mut day = day(&[]);
        let register = day.registers.iter_mut().find(|one| one.group == G8KM && one.session == Session::Am).unwrap();
        (register.cover, register.room) = (Some("Ms Ali".to_owned()), Some("R4".to_owned()));
        let taker = RegisterRef::Group(G8KM).taker(&day, Session::Am);
        let covered = Taker { who: Some("Ms Ali".to_owned()), covers: true, room: Some("R4".to_owned()) };
        assert_eq!(taker, covered);
        assert_eq!(RegisterRef::Group(G8KM).taker(&day, Session::Pm).who.as_deref(), Some("Mrs Kemp"));
        assert_eq!(super::tutor(&day, G8KM).as_deref(), Some("Mrs Kemp"));
    }
}
