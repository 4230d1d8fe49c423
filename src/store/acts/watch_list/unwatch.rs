//! Takes a pupil off the watch list.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::standing::{not_watched, not_yet_watched, standing};
use crate::domain::act::{Receipt, Refusal, Unwatch};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::watch;

impl Recorded for Unwatch {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let id = self.pupil;
        work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
        if standing(work, id)?.is_none() {
            return Err(not_watched(work, id));
        }
        watch::drop_pupil(work.connection, id, work.act)?;
        Ok(work.receipt(format!("{} is off the watch list", work.roll.name_and_group(id)), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        not_yet_watched(work, self.pupil)?;
        Ok(watch::restore(work.connection, chain.target)?)
    }

    fn do_again(&self, work: &Work<'_>, _chain: Chain) -> Result<(), Stop> {
        if watch::drop_pupil(work.connection, self.pupil, work.act)? == 0 {
            return Err(not_watched(work, self.pupil));
        }
        Ok(())
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
