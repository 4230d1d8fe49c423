//! The days of absence and lateness that a letter lists: sessions of a day that have the same code are one entry.

use serde::Serialize;

use crate::domain::cases::chronology::MarkHeld;
use crate::domain::cases::event::day;
use crate::domain::code::{Code, Statistic};
use crate::domain::school::roll::Roll;

/// An entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DayShown {
    /// "Tue 24 Nov 2026".
    pub date: String,
    /// "AM", "PM" or "AM and PM".
    pub sessions: String,
    /// The code.
    pub code: String,
    /// What it means.
    pub meaning: String,
}

/// The lists of days.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Days {
    /// Every absence.
    pub absent: Vec<DayShown>,
    /// Illness, I.
    pub ill: Vec<DayShown>,
    /// Unauthorised, but for N.
    pub unauthorised: Vec<DayShown>,
    /// N.
    pub unexplained: Vec<DayShown>,
    /// L and U.
    pub late: Vec<DayShown>,
    /// U.
    pub late_closed: Vec<DayShown>,
}

impl Days {
    /// Those of a pupil's marks, given in order.
    pub fn of(roll: &Roll, marks: &[MarkHeld]) -> Days {
        let statistic = |code: Code| roll.codes.statistic(code);
        let list = |is_listed: &dyn Fn(Code) -> bool| {
            let mut listed: Vec<&[MarkHeld]> = Vec::new();
            for of_day in marks.chunk_by(|one, other| one.at.date == other.at.date && one.code == other.code) {
                listed.extend(of_day.first().filter(|first| is_listed(first.code)).map(|_| of_day));
            }
            listed.into_iter().filter_map(|of_day| shown(roll, of_day)).collect()
        };
        Days {
            absent: list(&|code| matches!(statistic(code), Some(Statistic::Authorised | Statistic::Unauthorised))),
            ill: list(&|code| code == Code::I),
            unauthorised: list(&|code| statistic(code) == Some(Statistic::Unauthorised) && code != Code::N),
            unexplained: list(&|code| code == Code::N),
            late: list(&|code| code == Code::L || code == Code::U),
            late_closed: list(&|code| code == Code::U),
        }
    }

    /// Whether the list that a template calls so is empty.
    pub fn is_empty(&self, name: &str) -> bool {
        match name {
            "days.absent" => self.absent.is_empty(),
            "days.ill" => self.ill.is_empty(),
            "days.unauthorised" => self.unauthorised.is_empty(),
            "days.unexplained" => self.unexplained.is_empty(),
            "days.late" => self.late.is_empty(),
            "days.late_closed" => self.late_closed.is_empty(),
            _ => false,
        }
    }
}

fn shown(roll: &Roll, of_day: &[MarkHeld]) -> Option<DayShown> {
    let first = of_day.first()?;
    let sessions: Vec<String> = of_day.iter().map(|one| one.at.session.to_string()).collect();
    let meaning = roll.codes.row(first.code).map(|row| row.meaning.clone()).unwrap_or_default();
    Some(DayShown { date: day(first.at.date), sessions: sessions.join(" and "), code: first.code.to_string(), meaning })
}
