//! Puts down that a message of a file was read, and whom it is about. The message stays as it came.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{ReadMessage, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::incoming::inbox;

impl Recorded for ReadMessage {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        waits(work, self.message)?;
        if let Some(id) = self.about {
            work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
        }
        inbox::read(work.connection, self.message, work.act, self.about)?;
        let about = self.about.map(|id| format!(", about {}", work.roll.name_and_group(id))).unwrap_or_default();
        Ok(work.receipt(format!("Message {} is read{about}", self.message), self.about.into_iter().collect()))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(inbox::take_back_reading(work.connection, chain.first, false)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        waits(work, self.message)?;
        Ok(inbox::take_back_reading(work.connection, chain.first, true)?)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        inbox::date_of(connection, self.message)
    }
}

/// Refuse a message that does not wait: read already, or taken back with its import.
fn waits(work: &Work<'_>, message: i64) -> Result<(), Stop> {
    if inbox::is_waiting(work.connection, message)? {
        return Ok(());
    }
    Err(Stop::forbidden(format!("no message {message} waits to be read")))
}
