//! The facts of earlier days that the rules need, for the whole roll.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::domain::calendar::Calendar;
use crate::domain::day::PastDay;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::school::watch_rule::Kind;

/// Everybody's record before one date, as far as the rules ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Everything in it lies before this date.
    pub date: NaiveDate,
    /// Pupils on roll.
    pub pupils: HashMap<PupilId, Before>,
}

/// One pupil's record before the date.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Before {
    /// Figures of the school year up to the day before.
    pub year: Figures,
    /// The days that the rules ask for and on which there is a mark, oldest first.
    pub days: Vec<PastDay>,
}

impl Before {
    /// The marks of an earlier date, if there are any.
    pub fn on(&self, date: NaiveDate) -> Option<&PastDay> {
        self.days.iter().find(|day| day.date == date)
    }
}

/// What the rules of a school ask of the past of everybody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wants {
    /// First day of the year's figures; `None` when no rule asks for them.
    pub year_from: Option<NaiveDate>,
    /// Single days, oldest first.
    pub days: Vec<NaiveDate>,
}

impl Wants {
    /// What the school's rules ask for before `date`. A rule that cannot be right asks for nothing.
    pub fn of(roll: &Roll, date: NaiveDate) -> Wants {
        let (mut year_from, mut days) = (None, BTreeSet::new());
        for rule in &roll.school.watch_rules {
            match rule.kind() {
                Ok(Kind::Below(_) | Kind::Under(_)) => year_from = Some(Calendar::year_start(date)),
                Ok(Kind::Code { weekday, last, .. }) => {
                    days.extend(crate::domain::calendar::weekdays_before(&roll.calendar, date, weekday).take(last));
                }
                Ok(Kind::Returning) => days.extend(roll.calendar.school_days_before(date).next()),
                Ok(Kind::Lesson(_) | Kind::Due { .. }) | Err(_) => {}
            }
        }
        Wants { year_from, days: days.into_iter().collect() }
    }

    /// Whether nothing is asked for.
    pub fn is_nothing(&self) -> bool {
        self.year_from.is_none() && self.days.is_empty()
    }
}
