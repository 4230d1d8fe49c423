//! Makes a letter: it is kept as it is sent.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::held::file;
use crate::domain::act::{MakeLetter, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::letters::recipients::why_barred;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::cases::letter;

impl Recorded for MakeLetter {
    /// Refused to somebody who must not be contacted: a bar may have come since the letters were listed.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let contact = self.letter.parent.contact.and_then(|contact| work.roll.contact(self.pupil, contact));
        let contact = contact.ok_or(Refusal::Unknown { what: "contact" })?;
        if let Some(why) = why_barred(work.roll, self.pupil, contact) {
            return Err(Stop::forbidden(why));
        }
        let (text, head) = (&self.paper.text, [&self.letter.template, &self.letter.sha256]);
        if text.trim().is_empty() || head.iter().any(|one| one.is_empty()) {
            return Err(Stop::forbidden("a letter without words is none"));
        }
        letter::add(work.connection, work.act, self.pupil, &self.letter, &self.paper)?;
        let (name, template, to) =
            (work.roll.name_and_group(self.pupil), &self.letter.template, &self.letter.parent.name);
        Ok(work.receipt(format!("{name}: letter {template} to {to}"), vec![self.pupil]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        if file(work, self.pupil)?.sent(chain.first).is_some() {
            return Err(Stop::cannot_undo("the letter was sent: take that back first"));
        }
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
