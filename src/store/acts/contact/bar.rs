//! Bars a contact of a pupil's.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::bars::{held, lift_all, not_lifted_since, not_yet_barred, restore};
use crate::domain::act::permission::check_act;
use crate::domain::act::{Bar, LiftBar, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;
use crate::store::tables::bar as bars;

impl Recorded for Bar {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupil: id, contact, reason } = self;
        let id = *id;
        let contact = held(work, id, *contact)?;
        not_yet_barred(work, id, contact.id)?;
        let reason = work.required_text(reason, "say why they must not be contacted")?;
        bars::add(work.connection, work.act, contact.id, &contact.person(), &reason)?;
        roll::moved(work.connection)?;
        let (name, who) = (work.roll.name_and_group(id), contact.introduced());
        Ok(work.receipt(format!("{name}: {who} must not be contacted: {reason}"), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        // Taking a bar back lifts it.
        let lift = LiftBar { pupil: self.pupil, contact: self.contact, reason: self.reason.clone() };
        check_act(work.role, &lift.into(), work.roll)?;
        not_lifted_since(work, self.pupil, self.contact, chain.target)?;
        lift_all(work, self.pupil, self.contact)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        not_yet_barred(work, self.pupil, self.contact)?;
        restore(work, chain.target)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
