//! Cases that were opened, and what changed of them.

use rusqlite::{Connection, Row, params};

use super::rows::{self, FIRST};
use crate::domain::act_id::ActId;
use crate::domain::cases::change::{CaseChange, Changed, CloseReason, Next, Opening};
use crate::domain::cases::held::Held;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date_or_none, date_text, missing, unreadable};

/// Open a case.
pub fn open(connection: &Connection, act: ActId, pupil: PupilId, opening: &Opening) -> rusqlite::Result<()> {
    let (on, what) = opening.next.as_ref().map(|next| (date_text(next.on), &next.what)).unzip();
    connection
        .prepare_cached(
            "INSERT INTO case_opened (act, pupil, stage, owner, source, source_of, why, next_on, next_what)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            act,
            pupil,
            opening.stage,
            opening.owner,
            opening.source,
            opening.of,
            opening.why,
            on,
            what
        ])?;
    Ok(())
}

/// Cases that were opened.
pub fn opened(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Opening>)>> {
    let columns = "t.stage, t.owner, t.source, t.source_of, t.why, t.next_on, t.next_what";
    rows::all(connection, school, ("case_opened", columns), pupil, |row| {
        let next = date_or_none(row, FIRST + 5)?;
        let next = next.map(|on| row.get(FIRST + 6).map(|what| Next { on, what })).transpose()?;
        Ok(Opening {
            stage: row.get(FIRST)?,
            owner: row.get(FIRST + 1)?,
            source: row.get(FIRST + 2)?,
            of: row.get(FIRST + 3)?,
            why: row.get(FIRST + 4)?,
            next,
        })
    })
}

/// Change a case.
pub fn change(connection: &Connection, act: ActId, pupil: PupilId, changed: &Changed) -> rusqlite::Result<()> {
    let (what, value, date, words) = match &changed.change {
        CaseChange::Stage { stage, why } => ("stage", stage.as_str(), None, why.as_str()),
        CaseChange::Owner(owner) => ("owner", owner.as_str(), None, ""),
        CaseChange::Next(next) => ("next", next.what.as_str(), Some(next.on), ""),
        CaseChange::Target { what, by } => ("target", what.as_str(), *by, ""),
        CaseChange::Close { reason, why } => ("closed", reason.as_str(), None, why.as_str()),
    };
    connection
        .prepare_cached(
            "INSERT INTO case_change (act, pupil, opened, what, value, date, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![act, pupil, changed.case, what, value, date.map(date_text), words])?;
    Ok(())
}

/// What changed of cases.
pub fn changes(
    connection: &Connection,
    school: &School,
    pupil: Option<PupilId>,
) -> rusqlite::Result<Vec<(PupilId, Held<Changed>)>> {
    let columns = "t.opened, t.what, t.value, t.date, t.words";
    rows::all(connection, school, ("case_change", columns), pupil, |row| {
        Ok(Changed { case: row.get(FIRST)?, change: read(row)? })
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<CaseChange> {
    let (value, words): (String, String) = (row.get(FIRST + 2)?, row.get(FIRST + 4)?);
    let date = date_or_none(row, FIRST + 3)?;
    match row.get_ref(FIRST + 1)?.as_str()? {
        "stage" => Ok(CaseChange::Stage { stage: value, why: words }),
        "owner" => Ok(CaseChange::Owner(value)),
        "next" => {
            let on = date.ok_or_else(|| missing(FIRST + 3))?;
            Ok(CaseChange::Next(Next { on, what: value }))
        }
        "target" => Ok(CaseChange::Target { what: value, by: date }),
        "closed" => {
            let reason = CloseReason::parse(&value).ok_or_else(|| unreadable(FIRST + 2, &value))?;
            Ok(CaseChange::Close { reason, why: words })
        }
        other => Err(unreadable(FIRST + 1, other)),
    }
}
