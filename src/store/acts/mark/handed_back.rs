//! The rows of a hand-back that an act speaks of, and how each stands.

use crate::domain::act::Refusal;
use crate::domain::facts::handback::{HandbackId, RowState};
use crate::store::acts::work::{Stop, Work};
use crate::store::read;
use crate::store::tables::mark::handback::{self, Row};

/// The rows of a hand-back, and how each stands, in order.
pub fn rows(work: &Work<'_>, number: HandbackId) -> Result<(Vec<Row>, Vec<RowState>), Stop> {
    let held = read::handback::handbacks(work.connection, &work.roll.school, Some(number))?.pop();
    let held = held.ok_or(Refusal::Unknown { what: "hand-back" })?;
    let states = held.rows.iter().map(|row| row.state).collect();
    Ok((handback::rows(work.connection, number)?, states))
}

/// Those of the places `wanted`, or all where none is; refused where one is not there.
pub fn chosen<'r>(
    number: HandbackId,
    rows: &'r [Row],
    states: &[RowState],
    wanted: &[i64],
) -> Result<Vec<(&'r Row, RowState)>, Stop> {
    if let Some(place) = wanted.iter().find(|place| !rows.iter().any(|row| row.place == **place)) {
        return Err(Stop::forbidden(format!("hand-back {} has no row {place}", number.0)));
    }
    let all = rows.iter().zip(states.iter().copied());
    Ok(all.filter(|(row, _)| wanted.is_empty() || wanted.contains(&row.place)).collect())
}
