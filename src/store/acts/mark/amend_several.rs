//! Enters one code for several marks.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::amend::amend;
use crate::domain::act::{Amend, AmendSeveral, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::each::Each;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};

impl Recorded for AmendSeveral {
    /// Amend each mark as if it were by itself. One that is refused is left as it is, and the receipt says why; refused where none is
    /// left.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let code = self.code;
        let reason = work.required_text(&self.reason, "say why: it is written for each of them")?;
        let (mut each, mut words) = (Each::default(), Vec::new());
        for (pupil, at, saw) in &self.marks {
            let one = Amend { pupil: *pupil, at: *at, code, minutes: None, reason: reason.clone(), saw: *saw };
            each.take(*pupil, amend(work, &one).map(|did| words.push(did)))?;
        }
        each.receipt(work, |_| match words.as_slice() {
            [one] => one.clone(),
            several => format!("{} marks amended to {code}: {reason}", several.len()),
        })
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
        Ok(self.marks.iter().map(|(_, at, _)| at.date).min())
    }
}
