//! Lifts the bar on a contact of a pupil's, in every spelling. No file lifts one.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::bars::{held, lift_all, not_lifted_since, not_yet_barred, restore};
use crate::domain::act::{LiftBar, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};

impl Recorded for LiftBar {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupil: id, contact, reason } = self;
        let id = *id;
        let contact = held(work, id, *contact)?;
        let reason = work.required_text(reason, "say why they may be contacted again")?;
        lift_all(work, id, contact.id)?;
        let (name, who) = (work.roll.name_and_group(id), contact.introduced());
        Ok(work.receipt(format!("{name}: {who} may be contacted: {reason}"), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        not_yet_barred(work, self.pupil, self.contact)?;
        restore(work, chain.target)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        not_lifted_since(work, self.pupil, self.contact, chain.target)?;
        lift_all(work, self.pupil, self.contact)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
