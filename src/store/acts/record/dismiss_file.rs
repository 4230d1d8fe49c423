//! Takes a refused file off the screens.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{DismissFile, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::incoming::fed_file;

impl Recorded for DismissFile {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        if !fed_file::dismiss(work.connection, work.act, self.number)? {
            return Err(Stop::forbidden("no refused file of that number stands on the screens"));
        }
        Ok(work.receipt(format!("{} taken off the screens", self.file), Vec::new()))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(fed_file::take_back_dismissal(work.connection, chain.first)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        fed_file::dismiss(work.connection, chain.first, self.number)?;
        Ok(())
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
