//! Records that a register was chased.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Chase, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::register::ordinal;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{mark, register};

impl Recorded for Chase {
    /// Record that a register was chased; refused if it has come in whole meanwhile.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, at, method) = (self.group, self.at, self.method);
        let group = work.group(id)?;
        work.session(at)?;
        let mine = |(group, session): (GroupId, _)| group == id && session == at.session;
        let taken = register::taken_on(work.connection, &work.roll.school, at.date)?;
        if let Some((_, _, taken)) = taken.into_iter().rfind(|(group, session, _)| mine((*group, *session))) {
            let members = work.roll.pupils.iter().filter(|pupil| pupil.group == Some(id) && pupil.on_roll(at.date));
            let mut blanks = 0;
            for pupil in members {
                blanks += usize::from(mark::standing(work.connection, at, pupil.id)?.settled.is_none());
            }
            if blanks == 0 {
                let (group, at, by) = (group.name.clone(), taken.at, taken.by.to_string());
                return Err(Refusal::RegisterTaken { group, at, by }.into());
            }
        }
        register::chase(work.connection, work.act, id, at, method)?;
        let chases = register::chases_on(work.connection, &work.roll.school, at.date)?;
        let count = chases.iter().filter(|(group, session, _)| mine((*group, *session))).count();
        let text = format!("Chased {} by {} ({})", group.name, method.as_str(), ordinal(count));
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
