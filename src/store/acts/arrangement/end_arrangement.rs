//! Ends an arrangement for many from a date on; from its first day on it is taken back whole.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::change_arrangement::give_back;
use super::keeping::{Kept, keep, moved, standing, unchanged_since};
use crate::domain::act::{EndArrangement, Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::arrangement::{Arrangement, Terms};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::arrangement;

impl Recorded for EndArrangement {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let held = standing(work, self.arrangement, self.saw, self.code)?;
        end(self, work, held, work.act)?;
        let count = counted(held.pupils_from(self.from).len(), "pupil");
        let (code, title) = (self.code, &held.terms.title);
        let text = match self.from <= held.from {
            true => format!("{code} {title}: taken back whole, {count}"),
            false => format!("{code} {title}: ended, from {} it is none, {count}", self.from.format("%a %-d %b")),
        };
        Ok(work.receipt(text, self.pupils.clone()))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        // Of what was taken back whole nothing stands that could have been changed.
        if work.roll.arrangement(self.arrangement).is_some() {
            unchanged_since(work, self.arrangement, chain.first)?;
        }
        chain.withdraw(work)?;
        give_back(work, chain)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        let held = standing(work, self.arrangement, self.saw, self.code)?;
        chain.restore(work)?;
        end(self, work, held, chain.first)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        moved(work, self.arrangement, self.from)
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.from))
    }
}

fn end(end: &EndArrangement, work: &Work<'_>, held: &Arrangement, act: ActId) -> Result<(), Stop> {
    let from = end.from.max(held.from);
    if held.terms.until < from {
        let text = format!("it ends before that: its last day is {}", held.terms.until.format("%a %-d %b %Y"));
        return Err(Refusal::Dates(text).into());
    }
    let until = from.pred_opt().unwrap_or(from);
    let members = held.members_from(from, until, &[]);
    let review = held.terms.review.filter(|review| *review <= until);
    let terms = Terms { until, review, ..held.terms.clone() };
    let entered = arrangement::entered(work.connection, held.id)?;
    let kept = Kept { id: held.id, entered, code: held.code, first: held.from, terms: &terms, members: &members, from };
    let words = clean(&end.words);
    let ended = format!("{} ended", held.terms.title);
    keep(work, act, &kept, if words.is_empty() { &ended } else { &words })
}
