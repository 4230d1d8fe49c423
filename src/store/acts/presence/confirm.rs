//! Records what a provider says. "Not there" ends an arrangement.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::domain::act::{Confirm, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::is_elsewhere;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{mark, presence};

impl Recorded for Confirm {
    /// Record what a provider says of pupils who are due with them. Of who is not elsewhere by arrangement nobody can say it: that is
    /// refused with the mark that stands.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupils, at, there, said_by } = self;
        let (at, there) = (*at, *there);
        work.is_followed_up(at)?;
        work.has_come(at.date, NaiveTime::MIN)?;
        let said_by = work.required_text(said_by, "say who confirmed it, at the provider")?;
        let mut named: Vec<PupilId> = Vec::new();
        for id in pupils {
            work.on_roll(*id, at.date)?;
            let standing = mark::standing(work.connection, at, *id)?;
            let stands = standing.settled;
            let is_elsewhere = |code| is_elsewhere(&work.roll.codes, code);
            let shown = standing.tutor.is_some_and(|(mark, _)| is_elsewhere(mark.code));
            let is_reported =
                work.evidence_of(*id, at)?.into_iter().any(|one| one.fact.reported_code().is_some_and(is_elsewhere));
            if !is_reported && !shown && !stands.is_some_and(|mark| is_elsewhere(mark.code)) {
                let name = work.roll.name_and_group(*id);
                let stands = stands.map_or_else(|| "has no mark yet".to_owned(), |mark| format!("stands at {mark}"));
                let text = format!("{name} {stands}: there is nobody to confirm");
                return Err(Stop::forbidden(text));
            }
            if !named.contains(id) {
                presence::confirm(work.connection, work.act, *id, at, there, &said_by)?;
                let words = if there { "there" } else { "not there" };
                work.settle(*id, at, Quote { words, by: Some(&said_by) })?;
                named.push(*id);
            }
        }
        let first = named.first().ok_or(Refusal::Unknown { what: "pupil" })?;
        let more = if named.len() > 1 { format!(" and {} more", named.len() - 1) } else { String::new() };
        let there = if there { "there" } else { "NOT there" };
        let text = format!("{}{more} {there}, says {said_by}", work.roll.name_and_group(*first));
        Ok(work.receipt(text, named))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(self.pupils.iter().map(|pupil| (*pupil, self.at)).collect())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.at.date))
    }
}
