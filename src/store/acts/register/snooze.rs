//! Puts off chasing a register.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Receipt, Snooze};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::register;

impl Recorded for Snooze {
    /// Put off chasing a register until a time of today.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, at, until) = (self.group, self.at, self.until);
        let group = work.group(id)?;
        work.session(at)?;
        if at.date.and_time(until) <= work.local {
            return Err(Stop::forbidden(format!("{} has gone by: put it off to a later time", until.format("%H:%M"))));
        }
        register::snooze(work.connection, work.act, id, at, until)?;
        let text = format!("{} put off until {}", group.name, until.format("%H:%M"));
        Ok(Receipt { group: Some(id), ..work.receipt(text, Vec::new()) })
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
