//! Tutors' marks from a register or a file: stored, taken back, and the marks they replaced restored.

use hashbrown::HashMap;

use super::chain::Chain;
use super::settling::Quote;
use super::work::{Stop, Work};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::{Fact, Mark};
use crate::domain::people::pupil::PupilId;
use crate::store::journal;
use crate::store::tables::{evidence, mark};

/// Give back the tutors' marks that the act being undone displaced, where the act `brought` one. The newest is undone first: where
/// another has spoken for one of these pupils since, it is refused, as `otherwise` says.
pub fn give_back(
    work: &Work<'_>,
    chain: Chain,
    brought: impl Iterator<Item = (SessionDate, PupilId)>,
    quote: Quote<'_>,
    otherwise: impl Fn(SessionDate, PupilId) -> String,
) -> Result<(), Stop> {
    let left = match journal::undoes(work.connection, chain.target)? {
        Some(undone) if !chain.did => Some(displaced(work, undone)?),
        _ => None,
    };
    let before = displaced(work, chain.target)?;
    for (at, pupil) in brought {
        let now = mark::standing(work.connection, at, pupil)?.tutor.map(|now| now.1);
        let stood = match &left {
            Some(left) => left.get(&(at, pupil)).map(|left| left.1),
            None => Some(chain.first),
        };
        if now != stood {
            return Err(Stop::cannot_undo(otherwise(at, pupil)));
        }
        store_tutor_mark(work, pupil, at, before.get(&(at, pupil)).copied(), quote)?;
    }
    Ok(())
}

/// Tutors' marks that another took the place of, each with the act that had brought it.
type Displaced = HashMap<(SessionDate, PupilId), (Mark, ActId)>;

/// Those that `by` took the place of.
fn displaced(work: &Work<'_>, by: ActId) -> Result<Displaced, Stop> {
    let all = evidence::displaced_by(work.connection, &work.roll.school, by)?;
    let tutor = |(pupil, one): evidence::PupilEvidence| match one.fact {
        Fact::Tutor(mark) => Some(((one.from, pupil), (mark, one.act))),
        Fact::Gate { .. } | Fact::Report { .. } | Fact::Plan { .. } | Fact::Office { .. } => None,
    };
    Ok(all.into_iter().filter_map(tutor).collect())
}

/// What a register says: "marked N".
pub fn marked(mark: Mark) -> String {
    format!("marked {mark}")
}

/// Put a tutor's mark, keep the one it displaces, and settle.
pub fn store_tutor_mark(
    work: &Work<'_>,
    pupil: PupilId,
    at: SessionDate,
    tutor: Option<(Mark, ActId)>,
    quote: Quote<'_>,
) -> Result<(), Stop> {
    let standing = mark::standing(work.connection, at, pupil)?;
    if let Some((old, taken)) = standing.tutor {
        evidence::displace(work.connection, taken, pupil, at, old, work.act)?;
    }
    mark::store_tutor_mark(work.connection, at, pupil, tutor, work.act)?;
    work.settle(pupil, at, quote)?;
    Ok(())
}
