//! Opens a search.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::standing::none_open;
use crate::domain::act::{OpenSearch, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::search;

impl Recorded for OpenSearch {
    /// Open a search. One goes on for a pupil at a time: a second is refused with the first.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, date) = (self.pupil, self.date);
        work.on_roll(id, date)?;
        work.comes_and_goes(date)?;
        none_open(work, id, date)?;
        let name = work.roll.name_and_group(id);
        let last_seen = work.required_text(&self.last_seen, "say where and when the pupil was last seen")?;
        search::add(work.connection, work.act, work.act, id, date, search::OPENED, &last_seen)?;
        Ok(work.receipt(format!("Looking for {name}, last seen {last_seen}"), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        none_open(work, self.pupil, self.date)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.date))
    }
}
