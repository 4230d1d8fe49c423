//! Takes back who came and who went out by an import, or brings it again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Fact;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, presence};

/// Refuse where something has followed on them since: another mark, or another movement of the pupil's.
pub fn nothing_followed(work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
    for (id, at) in arrivals(work, chain)? {
        if let Some(pupil) = work.roll.pupil(id) {
            work.unchanged_since(pupil, at, chain.target)?;
        }
    }
    let dates: BTreeSet<(PupilId, NaiveDate)> =
        movements(work, chain)?.into_iter().map(|(id, at)| (id, at.date)).collect();
    for (id, date) in dates {
        let last = presence::movements_of(work.connection, id, date)?.into_iter().next_back();
        if let Some(last) = last.filter(|last| last.act > chain.target) {
            let (name, way) = (work.roll.name_and_group(id), last.way.as_str());
            let text = format!("{name} was logged {way} at {} since: take that back first", last.time.format("%H:%M"));
            return Err(Stop::cannot_undo(text));
        }
    }
    Ok(())
}

/// Take the arrivals back, or bring them again, and settle what they and the movements touch; the movements' own rows went before.
pub fn give_back(work: &Work<'_>, chain: Chain, words: &str) -> Result<(), Stop> {
    let arrivals = arrivals(work, chain)?;
    let movements = movements(work, chain)?;
    if !arrivals.is_empty() {
        if chain.did {
            evidence::withdraw(work.connection, chain.first, work.act)?;
        } else {
            evidence::restore(work.connection, chain.target)?;
        }
    }
    let mut touched: BTreeMap<PupilId, BTreeSet<SessionDate>> = BTreeMap::new();
    for (id, at) in arrivals.into_iter().chain(movements) {
        touched.entry(id).or_default().insert(at);
    }
    for (id, sessions) in touched.iter().filter(|(id, _)| work.roll.pupil(**id).is_some()) {
        for at in sessions {
            work.settle(*id, *at, Quote::words(words))?;
        }
    }
    Ok(())
}

/// The session of each arrival that the import brought, whether it stands or not.
fn arrivals(work: &Work<'_>, chain: Chain) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
    let all = evidence::by_act(work.connection, &work.roll.school, chain.first)?.into_iter();
    let arrivals = all.filter(|(_, told)| matches!(told.fact, Fact::Gate { .. }));
    Ok(arrivals.map(|(id, told)| (id, told.from)).collect())
}

/// The session of each movement that the import brought, whether it stands or not.
fn movements(work: &Work<'_>, chain: Chain) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
    let all = presence::movements_by(work.connection, chain.first)?;
    Ok(all.into_iter().map(|(id, date, time)| (id, work.moment(date, time))).collect())
}
