//! Ends a search, once.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::standing::{going_on, none_open};
use crate::domain::act::{EndSearch, Receipt};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::search::{FoundWhere, SearchOutcome};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{presence, search};

impl Recorded for EndSearch {
    /// End a search: found where, or handed on to whom. Who was found on site was seen there at that moment.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (opened, id, outcome, found) = (self.search, self.pupil, self.outcome, self.found);
        let (name, date) = going_on(work, opened, id)?;
        let wanting = match outcome {
            SearchOutcome::Found => "say where the pupil was found",
            SearchOutcome::Escalated => "say whom it was handed on to",
        };
        let words = work.required_text(&self.words, wanting)?;
        search::add(work.connection, work.act, opened, id, date, outcome.as_str(), &words)?;
        let seen = outcome == SearchOutcome::Found && found == Some(FoundWhere::OnSite);
        if seen && date == work.today() {
            let time = work.local.time();
            presence::sight(work.connection, work.act, id, date, time, true, &words)?;
            work.settle_if_reported(id, work.moment(date, time), Quote::words(&words))?;
        }
        Ok(work.receipt(format!("{name} {}: {words}", outcome.how(found)), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        // Looked for again: of two searches for one pupil nobody would know which.
        let date = search::date_of(work.connection, self.search)?.unwrap_or(work.today());
        none_open(work, self.pupil, date)?;
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        going_on(work, self.search, self.pupil)?;
        chain.restore(work)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        let date = search::date_of(work.connection, self.search)?;
        Ok(date.map(|date| (self.pupil, SessionDate::new(date, Session::Am))).into_iter().collect())
    }

    fn date(&self, connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        search::date_of(connection, self.search)
    }
}
