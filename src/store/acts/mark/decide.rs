//! Records what the office made of a contradiction.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Decide, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::step;

impl Recorded for Decide {
    /// Record what the office made of a contradiction without changing the mark.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, at, contradiction) = (self.pupil, self.at, self.contradiction);
        work.on_roll(id, at.date)?;
        work.is_followed_up(at)?;
        let reason = work.required_text(&self.reason, "say what was made of it: the record must show it")?;
        step::decide(work.connection, work.act, id, at, contradiction, &reason)?;
        Ok(work.receipt(format!("{}, {}: {reason}", work.roll.name_and_group(id), contradiction.describe()), vec![id]))
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
        Ok(Some(self.at.date))
    }
}
