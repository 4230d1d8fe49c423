//! Records that a lesson's register was chased.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{ChaseLesson, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::lesson;

impl Recorded for ChaseLesson {
    /// Record that a lesson's register was chased.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, method) = (self.lesson, self.method);
        let (class, _) = lesson::class_and_date(work.connection, id)?.ok_or(Refusal::Unknown { what: "lesson" })?;
        lesson::chase(work.connection, work.act, id, method)?;
        let text = format!("Chased {class} by {}", method.as_str());
        Ok(Receipt { lesson: Some(id), ..work.receipt(text, Vec::new()) })
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
