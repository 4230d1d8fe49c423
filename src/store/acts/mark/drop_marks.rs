//! Drops marks of files that wait for a code. The same files, brought in again, do not bring them back.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::map_mark::is_spelt;
use crate::domain::act::{DropMarks, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::incoming::quarantine;

impl Recorded for DropMarks {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let raw = work.required_text(&self.raw, "say which mark of the files is meant")?;
        let reason = work.required_text(&self.reason, "say why: the record must show it")?;
        let waiting = quarantine::waiting(work.connection, &work.roll.school, Some(&raw))?;
        if waiting.is_empty() {
            is_spelt(work, &raw)?;
            return Err(Stop::forbidden(format!("no mark “{raw}” waits")));
        }
        for one in &waiting {
            quarantine::answer(work.connection, one.row, work.act)?;
        }
        Ok(work.receipt(format!("{} “{raw}” dropped: {reason}", counted(waiting.len(), "mark")), Vec::new()))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(quarantine::take_back_answers(work.connection, chain.first, false)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(quarantine::take_back_answers(work.connection, chain.first, true)?)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
