//! Records that a pupil was looked for: seen, or not. A sighting ends a report.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Receipt, Sight};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::presence;

impl Recorded for Sight {
    /// Record that a pupil was looked for.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupil: id, date, time, seen, place } = self;
        let (id, date, time, seen) = (*id, *date, *time, *seen);
        work.on_roll(id, date)?;
        work.has_come(date, time)?;
        let place = work.required_text(place, "say where they were looked for")?;
        presence::sight(work.connection, work.act, id, date, time, seen, &place)?;
        work.settle_if_reported(id, work.moment(date, time), Quote::words(&place))?;
        let seen = if seen { "seen" } else { "NOT seen" };
        Ok(work.receipt_of_gate(format!("{} {seen}, {place}", work.roll.name_and_group(id)), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(vec![(self.pupil, work.moment(self.date, self.time))])
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.date))
    }
}
