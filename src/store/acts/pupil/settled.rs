//! What follows when who is on the roll, or in which group, has changed.

use chrono::NaiveDate;

use crate::domain::people::correction::{Correction, CorrectionKind, next};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::roll_rows;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;
use crate::store::tables::correction::{New, add, end};
use crate::store::tables::roll_change::{Relation, new_number};

/// Reports reach the days of whoever is on the roll now, from `since` on.
pub fn reach(work: &Work<'_>, since: NaiveDate) -> Result<(), Stop> {
    let (held, _) = roll::load(work.connection, work.roll.codes.clone(), work.today())?;
    Work { roll: &held, ..*work }.reach(since.min(work.today()))
}

/// Put the rows of an act back, or write them again, and let reports reach whoever that brings, from `since` on as the act itself did.
pub fn put_back(work: &Work<'_>, chain: Chain, since: NaiveDate) -> Result<(), Stop> {
    roll_rows::put_back(work, chain.target)?;
    reach(work, since)
}

/// One value of a pupil's that is corrected.
pub struct Value<'a> {
    /// Whose.
    pub pupil: PupilId,
    /// What.
    pub kind: CorrectionKind,
    /// What was held.
    pub saw: &'a str,
    /// What it is.
    pub becomes: &'a str,
    /// The first day of it.
    pub from: Option<NaiveDate>,
    /// What else is known.
    pub words: &'a str,
}

/// Keep a correction of a pupil in place of the one that stands of its kind. Answers whether the system says the same: then none is
/// needed.
pub fn keep(work: &Work<'_>, value: &Value<'_>) -> Result<bool, Stop> {
    let stand: Vec<&Correction> = work.roll.corrections(value.pupil).map(|one| &one.correction).collect();
    let next = next(value.kind, stand.iter().copied(), value.saw, value.becomes);
    // A tutor group that holds already goes on until the day of the next.
    let goes_on = |one: &&Correction| {
        let holds = one.from.is_some_and(|from| from <= work.today());
        holds && one.from < value.from && !value.kind.is_same(&one.becomes, value.becomes)
    };
    let replaced = stand.into_iter().find(|one| Some(one.id) == next.replaces);
    let follows = value.kind == CorrectionKind::Group && replaced.as_ref().is_some_and(goes_on);
    let is_back = next.is_back && !follows;
    roll_rows::write(work, || {
        if let Some(replaced) = replaced.filter(|_| !follows) {
            end(work.connection, replaced.id, work.act)?;
        }
        if is_back {
            return Ok(());
        }
        let new = New {
            was: &next.was,
            from: value.from,
            words: value.words,
            ..New::of(work.act, value.pupil, value.kind, value.becomes)
        };
        Ok(add(work.connection, new_number(work.connection, Relation::Correction)?, &new)?)
    })?;
    Ok(is_back)
}
