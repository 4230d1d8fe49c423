//! Opens a case.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::held::{file, is_to_come, none_open, stage};
use crate::domain::act::{OpenCase, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::change::{Next, Opening};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::cases::case;

impl Recorded for OpenCase {
    /// One case about a pupil is open at a time: a second is refused with the first.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, given) = (self.pupil, &self.opening);
        work.on_roll(id, work.today())?;
        none_open(work, id, &file(work, id)?)?;
        stage(work, &given.stage)?;
        let next = match &given.next {
            Some(next) => {
                is_to_come(work, next.on, "the day of what is next")?;
                let what = work.required_text(&next.what, "say what is to be done next")?;
                Some(Next { on: next.on, what })
            }
            None => None,
        };
        let opening = Opening {
            stage: given.stage.clone(),
            owner: work.required_text(&given.owner, "say who sees to the case")?,
            source: given.source,
            of: clean(&given.of),
            why: work.required_text(&given.why, "say why the case is opened")?,
            next,
        };
        case::open(work.connection, work.act, id, &opening)?;
        let Opening { stage, owner, .. } = opening;
        Ok(work.receipt(format!("{}: case opened at {stage}, for {owner}", work.roll.name_and_group(id)), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        let file = file(work, self.pupil)?;
        if file.changes.iter().any(|one| one.stands() && one.what.case == chain.first) {
            return Err(Stop::cannot_undo("the case was changed since: take that back first, or close the case"));
        }
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        none_open(work, self.pupil, &file(work, self.pupil)?)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
