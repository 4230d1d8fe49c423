//! Lates: how they were followed through, and how often each pupil came late before today.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use hashbrown::HashMap;
use rusqlite::{Connection, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::late_step::{LateFollowed, LateStep, Tally};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::domain::school::roll::Roll;
use crate::store::columns::{date, date_text, instant};

/// Record a step.
pub fn follow(
    connection: &Connection,
    act: ActId,
    pupil: PupilId,
    at: SessionDate,
    step: LateStep,
    words: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO late_step (act, pupil, date, session, step, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![act, pupil, date_text(at.date), at.session, step, words])?;
    Ok(())
}

/// Steps about lates of `date` that stand, oldest first.
pub fn followed_on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<LateFollowed>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.pupil, s.session, s.step, s.words, a.signed, a.instant FROM late_step s JOIN act a ON a.id = s.act
         WHERE s.date = ?1 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(LateFollowed {
                act: row.get(0)?,
                pupil: row.get(1)?,
                session: row.get(2)?,
                step: row.get(3)?,
                words: row.get(4)?,
                who: row.get(5)?,
                at: school.local(instant(row, 6)?),
            })
        })?
        .collect()
}

/// The tallies before one date, kept until what is before it changes.
#[derive(Default)]
pub struct Cache {
    known: Option<(NaiveDate, Arc<HashMap<PupilId, Tally>>)>,
    reasons: Option<(NaiveDate, Arc<HashMap<PupilId, String>>)>,
}

impl Cache {
    /// How often everybody came late before `date`, in its half-term and its week. `stands` says that nothing before the date has
    /// changed since this was last asked.
    pub fn before(
        &mut self,
        connection: &Connection,
        roll: &Roll,
        date: NaiveDate,
        stands: bool,
    ) -> rusqlite::Result<Arc<HashMap<PupilId, Tally>>> {
        match &self.known {
            Some((known, tallies)) if *known == date && stands => Ok(tallies.clone()),
            _ => {
                let tallies = Arc::new(tallies(connection, roll, date)?);
                self.known = Some((date, tallies.clone()));
                Ok(tallies)
            }
        }
    }
}

impl Cache {
    /// The last reasons given before `date` in its half-term, as `read` from its first day finds them; kept as the tallies are.
    pub fn reasons_before(
        &mut self,
        roll: &Roll,
        date: NaiveDate,
        stands: bool,
        read: impl FnOnce(NaiveDate) -> rusqlite::Result<HashMap<PupilId, String>>,
    ) -> rusqlite::Result<Arc<HashMap<PupilId, String>>> {
        match &self.reasons {
            Some((known, reasons)) if *known == date && stands => Ok(reasons.clone()),
            _ => {
                let reasons = Arc::new(read(roll.calendar.half_term_start(date))?);
                self.reasons = Some((date, reasons.clone()));
                Ok(reasons)
            }
        }
    }
}

fn tallies(connection: &Connection, roll: &Roll, today: NaiveDate) -> rusqlite::Result<HashMap<PupilId, Tally>> {
    let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into())).unwrap_or(today);
    let half_term = roll.calendar.half_term_start(today);
    let mut statement = connection.prepare_cached(
        "SELECT date, pupil, coalesce(minutes, 0) FROM mark INDEXED BY mark_late
         WHERE code IN ('L', 'U') AND date >= ?1 AND date < ?2",
    )?;
    let mut rows = statement.query([half_term.min(monday), today].map(date_text))?;
    let mut tallies: HashMap<PupilId, Tally> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (on, minutes) = (date(row, 0)?, row.get::<_, i64>(2)?);
        let tally = tallies.entry(row.get(1)?).or_default();
        tally.half_term += usize::from(on >= half_term);
        tally.week += usize::from(on >= monday);
        tally.week_minutes += if on >= monday { minutes } else { 0 };
    }
    Ok(tallies)
}
