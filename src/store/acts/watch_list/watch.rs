//! Puts a pupil on the watch list.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::standing::{list_name, not_watched, not_yet_watched, standing};
use crate::domain::act::{Receipt, Refusal, Watch};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::watched::Watched;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::watch;

impl Recorded for Watch {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupil, reason, until, owner, review, instead } = self;
        let (id, until) = (*pupil, *until);
        work.on_roll(id, work.today())?;
        if until.is_some_and(|until| until < work.today()) {
            return Err(Refusal::Dates("the last day to watch is already past".to_owned()).into());
        }
        let reason = clean(reason);
        if reason.is_empty() {
            return Err(Stop::forbidden("say why the pupil is to be watched"));
        }
        // A review that is due stays due until somebody sets another; nobody sets one that is past already.
        let stood = standing(work, id)?.and_then(|watched| watched.review);
        if review.is_some_and(|review| review < work.today() && Some(review) != stood) {
            return Err(Refusal::Dates("the review date is already past".to_owned()).into());
        }
        match instead {
            Some(instead) => replace(work, id, *instead, work.act)?,
            None => not_yet_watched(work, id)?,
        }
        let owner = owner.as_deref().map(clean).filter(|owner| !owner.is_empty());
        watch::add(work.connection, work.act, id, &reason, until, (owner.as_deref(), *review))?;
        let text = if instead.is_some() { "changed on the watch list" } else { "is on the watch list" };
        Ok(work.receipt(format!("{} {text}", work.roll.name_and_group(id)), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        if watch::withdraw(work.connection, chain.first, work.act)? == 0 {
            return Err(not_watched(work, self.pupil));
        }
        // What it took the place of stands again.
        Ok(watch::restore(work.connection, chain.first)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        match self.instead {
            Some(instead) => replace(work, self.pupil, instead, chain.first)?,
            None => not_yet_watched(work, self.pupil)?,
        }
        Ok(watch::restore(work.connection, chain.target)?)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

/// Withdraw for `by` the entry that `instead` made; refused if it no longer stands.
fn replace(work: &Work<'_>, id: PupilId, instead: ActId, by: ActId) -> Result<(), Stop> {
    if watch::withdraw(work.connection, instead, by)? > 0 {
        return Ok(());
    }
    match standing(work, id)? {
        Some(Watched { reason, .. }) => Err(Refusal::AlreadyWatched { name: list_name(work, id), reason }.into()),
        None => Err(not_watched(work, id)),
    }
}
