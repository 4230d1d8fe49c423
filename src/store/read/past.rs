//! What came before today, for one pupil: the year's figures, four weeks of marks, days on end unexplained, and absent.

use chrono::{Days, NaiveDate};
use hashbrown::HashMap;
use rusqlite::Connection;

use super::timeline;
use crate::domain::act_id::ActId;
use crate::domain::calendar::Calendar;
use crate::domain::code::Code;
use crate::domain::day::school_days::SchoolDays;
use crate::domain::day::{Past, PastDay, absence};
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::journal;
use crate::store::tables::mark;

/// Weeks of marks shown on a card.
const WEEKS: u64 = 4;

/// What was read for one date, kept until the past itself is changed.
#[derive(Default)]
pub struct Cache {
    date: Option<NaiveDate>,
    days: SchoolDays,
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
            *self = Cache { date: Some(date), days: school_days(roll, date), ..Cache::default() };
        }
        self.read_at = journal::last(connection)?;
        let mut found = HashMap::new();
        for pupil in pupils {
            let past = match self.known.get(&pupil) {
                Some(past) => past.clone(),
                None => {
                    let past = load(connection, roll, &self.days, pupil, date)?;
                    self.known.insert(pupil, past.clone());
                    past
                }
            };
            found.insert(pupil, past);
        }
        Ok((found, stands))
    }
}

/// The school days that the past before `date` is about: of the school year, and of the weeks shown.
pub fn school_days(roll: &Roll, date: NaiveDate) -> SchoolDays {
    SchoolDays::of(roll, Calendar::year_start(date).min(recent(date))..date)
}

fn recent(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(7 * WEEKS)).unwrap_or(date)
}

/// One pupil's past before `date`, on the school days on which the pupil was on roll. A mark on a day that is closed now counts
/// in nothing.
pub fn load(
    connection: &Connection,
    roll: &Roll,
    days: &SchoolDays,
    pupil: PupilId,
    date: NaiveDate,
) -> rusqlite::Result<Past> {
    let Some(known) = roll.pupil(pupil) else { return Ok(Past::default()) };
    let (year, weeks) = (Calendar::year_start(date)..date, recent(date)..date);
    let (year, weeks) = (known.on_roll_within(year), known.on_roll_within(weeks));
    let mut figures = Figures::blank(days.sessions(&year));
    let (mut on_closed_days, mut marked): (Vec<PastDay>, Vec<PastDay>) = (Vec::new(), Vec::new());
    mark::days_of(connection, pupil, &(year.start.min(weeks.start)..year.end), |day| {
        let (held, closed) = days.split(day);
        if year.contains(&day.date) {
            held.marks().for_each(|mark| figures.fill(Some(mark), &roll.codes));
        }
        if weeks.contains(&day.date) {
            on_closed_days.extend(Some(closed).filter(PastDay::is_marked));
        }
        marked.extend(Some(held).filter(PastDay::is_marked));
    })?;
    let four_weeks = days.dates(weeks).map(|date| {
        let found = marked.binary_search_by_key(&date, |day| day.date).ok().and_then(|place| marked.get(place));
        found.copied().unwrap_or(PastDay { date, am: None, pm: None })
    });
    let four_weeks = four_weeks.collect();
    let at_n = |day: &&PastDay| day.marks().any(|mark| mark.code == Code::N);
    let unexplained_days = marked.iter().rev().take_while(at_n).count();
    let absence = absence(&marked, &roll.codes);
    let days_absent = match absence.last() {
        Some(first) => {
            let seen = timeline::last_seen_beside_marks(connection, &roll.codes, pupil, &(*first..date))?;
            absence.iter().filter(|day| seen.is_none_or(|seen| seen < **day)).count()
        }
        None => 0,
    };
    Ok(Past { year: figures, four_weeks, on_closed_days, unexplained_days, days_absent })
}

/// The same with the minutes of its lates: a card shows them, lists need none.
pub fn with_minutes(
    connection: &Connection,
    roll: &Roll,
    days: &SchoolDays,
    (pupil, date): (PupilId, NaiveDate),
    mut past: Past,
) -> rusqlite::Result<Past> {
    let year = roll.pupil(pupil).map(|known| known.on_roll_within(Calendar::year_start(date)..date));
    for (at, late) in year.map_or_else(|| Ok(Vec::new()), |year| mark::lates_of(connection, pupil, &year))? {
        let mut day = PastDay { date: at.date, am: None, pm: None };
        *day.of(at.session) = late;
        days.split(day).0.marks().for_each(|late| past.year.add_minutes(late));
    }
    for day in past.four_weeks.iter_mut().chain(&mut past.on_closed_days) {
        if day.marks().any(Mark::is_late) {
            for (session, standing) in mark::of_date(connection, day.date, pupil)? {
                *day.of(session) = day.of(session).and(standing.settled);
            }
        }
    }
    Ok(past)
}
