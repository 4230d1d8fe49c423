//! The history: years of marks, a school day at a time.

pub mod absence_kinds;
pub mod schedule;

use chrono::NaiveDate;

use super::school::MadeSchool;
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use schedule::Schedule;

/// Every mark of one school day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayOfMarks {
    /// School-local date.
    pub date: NaiveDate,
    /// Pupil (the place in [`MadeSchool::pupils`]), session and mark; by pupil, the morning first.
    pub marks: Vec<(usize, Session, Mark)>,
}

/// Every school day from the first of the calendar to the day before the school's today, in order of date. One day is held at
/// a time.
pub fn history(school: &MadeSchool) -> impl Iterator<Item = DayOfMarks> + '_ {
    school.years().into_iter().flat_map(move |year| Schedule::new(school, year))
}
