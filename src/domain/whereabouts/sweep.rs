//! A truancy sweep: whom it looks for, and who need not be looked for.

use chrono::NaiveTime;

use crate::domain::calendar::session::Session;
use crate::domain::code::OnSite;
use crate::domain::day::Day;
use crate::domain::facts::lesson::{LessonId, period_at};
use crate::domain::name::fold;
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};

/// The note on groups in which only pupils marked present are looked for.
const PRESENT: &str = "marked present";

/// The pupils a sweep looks for.
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
    /// Tutor groups, the classes of the period that goes on at `now`, years, everybody.
    pub fn all(day: &Day, now: NaiveTime) -> Vec<Place> {
        let period = period_at(&day.roll.school.periods, now);
        let classes = day.lessons.iter().filter(|lesson| period.is_some_and(|period| period.name == lesson.period));
        let mut years: Vec<i64> = day.roll.groups.iter().filter_map(|group| group.year).collect();
        years.dedup();
        let groups = day.roll.groups.iter().map(|group| Place::Group(group.id));
        groups
            .chain(classes.map(|lesson| Place::Class(lesson.id)))
            .chain(years.into_iter().map(Place::Year))
            .chain([Place::School])
            .collect()
    }

    /// Those whose name holds what is typed.
    pub fn matching(typed: &str, day: &Day, now: NaiveTime) -> Vec<Place> {
        let typed = fold(typed.trim());
        Place::all(day, now).into_iter().filter(|place| fold(&place.name(day)).contains(&typed)).collect()
    }

    /// The one that is called so, in either case: "9bw", "8KM Maths", "year 9", "everyone".
    pub fn called(typed: &str, day: &Day, now: NaiveTime) -> Option<Place> {
        let typed = fold(typed);
        Place::all(day, now).into_iter().find(|place| {
            let name = fold(&place.name(day));
            name == typed || name.strip_suffix(PRESENT).is_some_and(|name| name.trim_end() == typed)
        })
    }

    /// "9BW", "8KM Maths", "year 9, marked present".
    pub fn name(self, day: &Day) -> String {
        match self {
            Place::Group(id) => day.roll.group(id).map_or_else(|| "-".to_owned(), |group| group.name.clone()),
            Place::Class(id) => day.lesson(id).map_or_else(|| "-".to_owned(), |lesson| lesson.class.clone()),
            Place::Year(year) => format!("year {year}, {PRESENT}"),
            Place::School => format!("everyone {PRESENT}"),
        }
    }

    /// The pupils, by name; `session` is whose mark says that they are present.
    pub fn pupils(self, day: &Day, session: Session) -> Vec<PupilId> {
        let wanted = |pupil: &&Pupil| match self {
            Place::Group(group) => pupil.group == Some(group),
            Place::Class(lesson) => day.lesson_marks_of(pupil.id).iter().any(|one| one.lesson == lesson),
            Place::Year(year) => day.roll.year_of(pupil) == Some(year) && day.is_marked_in(pupil.id, session),
            Place::School => day.is_marked_in(pupil.id, session),
        };
        day.on_roll().filter(wanted).map(|pupil| pupil.id).collect()
    }

    /// Where its sightings say that they were made: "sweep of 9BW".
    pub fn sweep(self, day: &Day) -> String {
        format!("sweep of {}", self.name(day))
    }
}

/// Why nobody need look for a pupil: out of the building, or known to be elsewhere.
pub fn why_away(day: &Day, pupil: PupilId, session: Session) -> Option<String> {
    if let Some(out) = day.is_out(pupil) {
        return Some(format!("out {}, {}", out.time.format("%H:%M"), out.reason));
    }
    let mark = day.mark(pupil, session).settled?;
    (day.roll.codes.on_site(mark.code) == OnSite::No).then(|| format!("away: {mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn a_place_is_called_by_its_name_in_either_case_and_without_what_is_said_of_it() {
        let mut day = day(&[(AMIRA, Session::Am, "/"), (ZOE, Session::Am, "I")]);
        lesson(&mut day, 7, "1", "8KM Maths", &[(AMIRA, None)]);
        let called = |typed, now| Place::called(typed, &day, time(now)).map(|place| place.name(&day));
        for (typed, name) in [
            ("8km", Some("8KM")),
            ("8KM maths", Some("8KM Maths")),
            ("Year 8", Some("year 8, marked present")),
            ("year 8, marked present", Some("year 8, marked present")),
            ("everyone", Some("everyone marked present")),
            ("8", None),
            ("", None),
        ] {
            assert_eq!(called(typed, "09:20").as_deref(), name, "{typed}");
        }
        assert_eq!(called("8KM Maths", "12:00"), None, "its period does not go on");
        assert_eq!(Place::School.pupils(&day, Session::Am), [AMIRA]);
        assert_eq!(why_away(&day, ZOE, Session::Am).as_deref(), Some("away: I"));
        assert_eq!(why_away(&day, AMIRA, Session::Am), None);
    }
}
