//! Changes an arrangement for many from a date on.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::keeping::{Kept, check_members, checked, elsewhere, keep, moved, standing, unchanged_since};
use crate::domain::act::{ChangeArrangement, Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::arrangement::{Arrangement, Membership};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;
use crate::store::tables::{arrangement, evidence};

impl Recorded for ChangeArrangement {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let held = standing(work, self.arrangement, self.saw, self.code)?;
        let Changed { members, title, but } = change(self, work, held, work.act)?;
        let now = members.iter().filter(|one| self.from <= one.until).count();
        let from = self.from.format("%a %-d %b");
        let text = format!("{} {title}: changed from {from}, {}", self.code, counted(now, "pupil"));
        let receipt = work.receipt(text, self.pupils.iter().chain(&self.out).copied().collect());
        Ok(Receipt { but, ..receipt })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        unchanged_since(work, self.arrangement, chain.first)?;
        chain.withdraw(work)?;
        give_back(work, chain)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        let held = standing(work, self.arrangement, self.saw, self.code)?;
        chain.restore(work)?;
        change(self, work, held, chain.first).map(|_| ())
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        moved(work, self.arrangement, self.from)
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.from))
    }
}

/// Let stand again what the act being undone took the place of.
pub fn give_back(work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
    evidence::restore(work.connection, chain.target)?;
    arrangement::restore(work.connection, chain.target)?;
    Ok(roll::moved(work.connection)?)
}

/// What is told of a change.
struct Changed {
    members: Vec<Membership>,
    title: String,
    /// Who is elsewhere in the same sessions.
    but: Option<String>,
}

fn change(change: &ChangeArrangement, work: &Work<'_>, held: &Arrangement, act: ActId) -> Result<Changed, Stop> {
    let from = change.from.max(held.from);
    let terms = checked(held.from, &change.terms)?;
    if terms.until < from {
        let text = format!("its last day would be before {}: end it instead", from.format("%a %-d %b"));
        return Err(Refusal::Dates(text).into());
    }
    if change.pupils.is_empty() {
        let text = "nobody would be left in it: end it instead".to_owned();
        return Err(Stop::forbidden(text));
    }
    let members = held.members_from(from, terms.until, &change.pupils);
    if (&terms, &members) == (&held.terms, &held.members) {
        return Err(Stop::forbidden("that is as it stands: nothing is changed"));
    }
    let new: Vec<Membership> = members.iter().filter(|one| !held.members.contains(one)).copied().collect();
    let added: Vec<Membership> = new
        .into_iter()
        .filter(|one| !held.members.iter().any(|was| (was.pupil, was.from) == (one.pupil, one.from)))
        .collect();
    check_members(work, held.code, &added, &terms)?;
    let entered = arrangement::entered(work.connection, held.id)?;
    let kept = Kept { id: held.id, entered, code: held.code, first: held.from, terms: &terms, members: &members, from };
    let words = if terms.note.is_empty() { &terms.title } else { &terms.note };
    keep(work, act, &kept, words)?;
    // Of whoever was in it before, that was told then, and what was arranged since may hold.
    let but = elsewhere(work, held.id, &Kept { members: &added, ..kept });
    Ok(Changed { members, title: terms.title, but })
}
