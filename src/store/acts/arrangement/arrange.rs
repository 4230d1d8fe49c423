//! Enters an arrangement for many.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::keeping::{Kept, check_members, checked, elsewhere, keep, span, unchanged_since};
use crate::domain::act::{Arrange, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::arrangement::{Arrangement, Membership, Terms, covered};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;
use crate::store::tables::arrangement;

impl Recorded for Arrange {
    /// Record it: evidence for every day that it covers, of everybody in it.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (code, from) = (self.code, self.from);
        let terms = checked(from, &self.terms)?;
        if self.pupils.is_empty() {
            return Err(Stop::forbidden("say who is in it: nobody is ticked or named"));
        }
        let is_same = |one: &&Arrangement| {
            (one.code, one.from, &one.terms.title, one.terms.days) == (code, from, &terms.title, terms.days)
        };
        if let Some(same) = work.roll.arrangements().iter().find(is_same) {
            let text = format!("{} is there already: change that one", same.describe());
            return Err(Stop::forbidden(text));
        }
        let members = Membership::of_all(&self.pupils, from, terms.until);
        check_members(work, code, &members, &terms)?;
        if covered(&members, terms.days, from).is_empty() {
            let text = format!("no {} lies in {}", terms.days, span(from, terms.until));
            return Err(Refusal::Dates(text).into());
        }
        let id = arrangement::next_id(work.connection)?;
        let words = if terms.note.is_empty() { &terms.title } else { &terms.note };
        let kept = Kept { id, entered: work.act, code, first: from, terms: &terms, members: &members, from };
        keep(work, work.act, &kept, words)?;
        let Terms { title, days, until, .. } = &terms;
        let text = format!("{code} {title}: {days}, {}, {}", span(from, *until), counted(members.len(), "pupil"));
        Ok(Receipt { but: elsewhere(work, id, &kept), ..work.receipt(text, self.pupils.clone()) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        for id in arrangement::of_act(work.connection, chain.first)? {
            unchanged_since(work, id, chain.first)?;
        }
        chain.withdraw(work)?;
        Ok(roll::moved(work.connection)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)?;
        Ok(roll::moved(work.connection)?)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.from))
    }
}
