//! `ageing`: marks that have stood at N, the oldest first.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::answer::{PupilFacts, Row};
use crate::cli::desk::Desk;
use crate::cli::text::sentence;
use crate::domain::ageing::{Ageing, ageing};
use crate::domain::day::Day;
use crate::domain::session::Session;

/// One mark.
#[derive(Serialize)]
struct AgeingFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    date: NaiveDate,
    session: Session,
    day: usize,
    days_left: usize,
    deadline: Option<NaiveDate>,
    overdue: bool,
    #[serde(skip)]
    says: String,
}

/// List them; on a day without school too, for they do not go away.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let day = desk.day()?;
    let rows: Vec<AgeingFacts> = ageing(&day).iter().filter_map(|one| facts(&day, one)).collect();
    let overdue = rows.iter().filter(|row| row.overdue).count();
    let heading = format!("Marks at N: {}, {overdue} past their deadline.", rows.len());
    desk.answer(&heading, "No mark stands at N.", rows)
}

fn facts(day: &Day, one: &Ageing) -> Option<AgeingFacts> {
    Some(AgeingFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(one.pupil)?),
        date: one.at.date,
        session: one.at.session,
        day: one.day,
        days_left: one.days_left(),
        deadline: one.deadline,
        overdue: one.is_overdue(),
        says: one.says(),
    })
}

impl Row for AgeingFacts {
    /// "Khan, Amira, 8KM, flags CP: N of Thu 19 Nov AM, day 3 of 5, may stand until Thu 26 Nov."
    fn lines(&self) -> Vec<String> {
        let stands = if self.overdue { "could stand" } else { "may stand" };
        vec![sentence([
            format!("{}: N of {} {}", self.pupil.introduced(), self.date.format("%a %-d %b"), self.session),
            self.says.clone(),
            self.deadline.map(|date| format!("{stands} until {}", date.format("%a %-d %b"))).unwrap_or_default(),
        ])]
    }
}
