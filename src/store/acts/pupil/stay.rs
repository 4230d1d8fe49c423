//! Says that pupils stay whom an export of the whole roll did not name. That is asked again once a later one has named them.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::described::few_names;
use crate::domain::act::{Receipt, Stay};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::each::Each;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::incoming::missing;

impl Recorded for Stay {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let mut each = Each::default();
        for pupil in &self.pupils {
            each.take(*pupil, stay(work, *pupil))?;
        }
        each.receipt(work, |pupils| format!("{} stay on roll", few_names(work.roll, pupils)))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(missing::take_back_stay(work.connection, chain.first)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        for pupil in &self.pupils {
            missing::stay(work.connection, chain.first, *pupil)?;
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

fn stay(work: &Work<'_>, pupil: PupilId) -> Result<(), Stop> {
    if missing::stay(work.connection, work.act, pupil)? {
        return Ok(());
    }
    let name = work.roll.name_and_group(pupil);
    Err(Stop::forbidden(format!("of {name} nobody asks: the last export named them, or they are known to stay")))
}
