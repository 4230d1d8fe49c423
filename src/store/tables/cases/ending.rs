//! What became of notices, and of what was agreed.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::ending::{ActionDone, Ended, Ending, ImprovementEnd, PenaltyEnd};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, unreadable};

/// What is stored of an ending.
pub struct EndingRow<'a> {
    /// "penalty".
    pub kind: &'static str,
    /// Which of the actions agreed.
    pub place: Option<u32>,
    /// When.
    pub on: NaiveDate,
    /// The word for it.
    pub outcome: Option<&'static str>,
    /// In words.
    pub words: &'a str,
}

/// Put one down.
pub fn add(
    connection: &Connection,
    act: ActId,
    event: ActId,
    pupil: PupilId,
    one: &EndingRow<'_>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO case_ending (act, event, pupil, kind, place, date, outcome, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![act, event, pupil, one.kind, one.place, date_text(one.on), one.outcome, one.words])?;
    Ok(())
}

/// Those of one pupil, or of all.
pub fn of(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Ended>)>> {
    let columns = "t.event, t.kind, t.place, t.date, t.outcome, t.words";
    rows::all(connection, school, ("case_ending", columns), pupil, |row| {
        Ok(Ended { event: row.get(FIRST)?, ending: read(row)? })
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Ending> {
    let (on, words) = (date(row, FIRST + 3)?, row.get(FIRST + 5)?);
    match row.get_ref(FIRST + 1)?.as_str()? {
        "improvement" => Ok(Ending::Improvement(ImprovementEnd { on, outcome: row.get(FIRST + 4)?, words })),
        "penalty" => Ok(Ending::Penalty(PenaltyEnd { on, outcome: row.get(FIRST + 4)?, words })),
        "action" => Ok(Ending::Action(ActionDone { place: row.get(FIRST + 2)?, on, words })),
        other => Err(unreadable(FIRST + 1, other)),
    }
}
