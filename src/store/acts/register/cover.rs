//! Records who covers a register, and where.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Cover, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::register;

impl Recorded for Cover {
    /// Say who covers a register, and where; nobody and nowhere give it back to the tutor.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, at) = (self.group, self.at);
        let group = work.group(id)?;
        work.session(at)?;
        let text_or_none = |text: Option<&str>| text.map(clean).filter(|text| !text.is_empty());
        let (teacher, room) = (text_or_none(self.teacher.as_deref()), text_or_none(self.room.as_deref()));
        register::put_cover(work.connection, Some(work.act), id, at, teacher.as_deref(), room.as_deref())?;
        let who = teacher.unwrap_or_else(|| "the tutor".to_owned());
        let place = room.map(|room| format!(" in {room}")).unwrap_or_default();
        let message = format!("{} {}: {who}{place}", group.name, at.session);
        Ok(Receipt { group: Some(id), ..work.receipt(message, Vec::new()) })
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
