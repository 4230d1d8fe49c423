//! What came before today, for one pupil: the year's figures, four weeks of marks, days on end unexplained, and absent.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::domain::act::ActId;
use crate::domain::calendar::Calendar;
use crate::domain::code::Code;
use crate::domain::day::{Past, PastDay, days_absent};
use crate::domain::evidence::Mark;
use crate::domain::figures::Figures;
use crate::domain::pupil::PupilId;
use crate::domain::roll::Roll;
use crate::domain::session::Session;

use super::{journal, mark};

/// Weeks of marks shown on a card.
const WEEKS: u64 = 4;

/// What was read for one date, kept until the past itself is changed.
#[derive(Default)]
pub struct Cache {
    date: Option<NaiveDate>,
    read_at: ActId,
    known: HashMap<PupilId, Past>,
}

impl Cache {
    /// The past of each of `pupils` before `date`; and whether nothing before it has changed since this was last asked.
    pub fn of(
        &mut self,
        connection: &Connection,
        roll: &Roll,
        pupils: impl Iterator<Item = PupilId>,
        date: NaiveDate,
    ) -> rusqlite::Result<(HashMap<PupilId, Past>, bool)> {
        let stands = self.date == Some(date) && !journal::changed_before(connection, date, self.read_at)?;
        if !stands {
            *self = Cache { date: Some(date), ..Cache::default() };
        }
        self.read_at = journal::last(connection)?;
        let mut found = HashMap::new();
        for pupil in pupils {
            let past = match self.known.get(&pupil) {
                Some(past) => past.clone(),
                None => {
                    let past = load(connection, roll, pupil, date)?;
                    self.known.insert(pupil, past.clone());
                    past
                }
            };
            found.insert(pupil, past);
        }
        Ok((found, stands))
    }
}

/// One pupil's past before `date`: from the start of the school year, or from the pupil's first day.
pub fn load(connection: &Connection, roll: &Roll, pupil: PupilId, date: NaiveDate) -> rusqlite::Result<Past> {
    let Some(known) = roll.pupil(pupil) else { return Ok(Past::default()) };
    let recent = date.checked_sub_days(Days::new(7 * WEEKS)).unwrap_or(date);
    let from = Calendar::year_start(date).max(known.from);
    let mut days: Vec<PastDay> = Vec::new();
    let mut figures = Figures::default();
    mark::codes_of(connection, pupil, from.min(recent), date, |on, session, code| {
        if on >= from {
            figures.count(code, &roll.codes);
        }
        if days.last().is_none_or(|day| day.date != on) {
            days.push(PastDay { date: on, am: None, pm: None });
        }
        if let Some(day) = days.last_mut() {
            match session {
                Session::Am => day.am = code.map(Mark::plain),
                Session::Pm => day.pm = code.map(Mark::plain),
            }
        }
    })?;
    let unexplained_days = days.iter().rev().take_while(|day| is_n(day.am) || is_n(day.pm)).count();
    let days_absent = days_absent(&days, &roll.codes);
    days.retain(|day| day.date >= recent);
    Ok(Past { year: figures, four_weeks: days, unexplained_days, days_absent })
}

fn is_n(mark: Option<Mark>) -> bool {
    mark.is_some_and(|mark| mark.code == Code::N)
}
