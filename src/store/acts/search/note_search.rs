//! Notes something on a search, from any desk.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::standing::going_on;
use crate::domain::act::{NoteSearch, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::search;

impl Recorded for NoteSearch {
    /// Note something on a search that goes on.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (opened, id) = (self.search, self.pupil);
        let (name, date) = going_on(work, opened, id)?;
        let words = work.required_text(&self.words, "say what is to be noted")?;
        search::add(work.connection, work.act, opened, id, date, search::NOTE, &words)?;
        Ok(work.receipt(format!("{name}: {words}"), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
