//! What figures are asked for.

use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::cohort::Cohort;
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// Whose figures, of which dates, and as they were known when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The dates.
    pub dates: Range<NaiveDate>,
    /// Whose.
    pub whom: Whom,
    /// The last day of what was known; `None` is what is known now.
    pub as_of: Option<NaiveDate>,
}

/// Whose figures: everybody's whom each of these admits, as the roll has them today.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Whom {
    /// Of one of these year groups; where there is none, of any.
    pub years: Vec<i64>,
    /// Of this tutor group.
    pub group: Option<GroupId>,
    /// Of this cohort.
    pub cohort: Option<Cohort>,
    /// This one.
    pub pupil: Option<PupilId>,
}

impl Question {
    /// Up to when sessions have begun, asked at `now`: to the end of the day as of which they are known.
    pub fn until(&self, now: NaiveDateTime) -> NaiveDateTime {
        let last_second = |end: NaiveDateTime| end - TimeDelta::seconds(1);
        self.known_before(now).map_or(now, last_second)
    }

    /// The end of the day as of which they are known, school-local: what was done from then on does not count. `None` where it is
    /// today.
    pub fn known_before(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let date = self.as_of.filter(|date| *date < now.date())?;
        Some(date.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN))
    }
}

impl Whom {
    /// "Year 9, 9BW, FSM (free school meals), Khan, Amira 8KM"; empty where it is everybody.
    pub fn describe(&self, roll: &Roll) -> String {
        let years = self.years.iter().map(|year| format!("Year {year}"));
        let group = self.group.and_then(|id| roll.group(id)).map(|group| group.name.clone());
        let cohort = self.cohort.map(Cohort::in_full);
        let pupil = self.pupil.map(|id| roll.name_and_group(id));
        years.chain([group, cohort, pupil].into_iter().flatten()).collect::<Vec<_>>().join(", ")
    }

    /// Whether a year group is one of theirs.
    pub fn has_year(&self, year: Option<i64>) -> bool {
        self.years.is_empty() || year.is_some_and(|year| self.years.contains(&year))
    }

    /// Whether a pupil of the roll is one of them.
    pub fn includes(&self, roll: &Roll, pupil: &Pupil) -> bool {
        self.has_year(roll.year_of(pupil))
            && self.group.is_none_or(|group| pupil.group == Some(group))
            && self.cohort.is_none_or(|cohort| Cohort::of(pupil).contains(&cohort))
            && self.pupil.is_none_or(|id| pupil.id == id)
    }
}
