//! Records a promise: a pupil on the way, or a parent to ring. It changes no mark.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{LogPromise, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::promise;

impl Recorded for LogPromise {
    /// Record what somebody told the school will happen today.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupils, at, promise, by, words, channel } = self;
        work.comes_and_goes(at.date)?;
        if at.date != work.today() {
            return Err(Refusal::Dates("a promise is of today: of another day, report the absence".to_owned()).into());
        }
        if promise.time() < work.local.time() {
            let text = format!("{} is past: give a time that is still to come", promise.time().format("%H:%M"));
            return Err(Refusal::Dates(text).into());
        }
        let by = work.required_text(by, "say who told us: the record must show it")?;
        let first = pupils.first().ok_or(Refusal::Unknown { what: "pupil" })?;
        let promised = promise::NewPromise { promise: *promise, by: &by, words: &clean(words), channel: *channel };
        for (place, id) in pupils.iter().enumerate() {
            work.on_roll(*id, at.date)?;
            if !pupils.iter().take(place).any(|earlier| earlier == id) {
                promise::add(work.connection, work.act, *id, *at, &promised)?;
            }
        }
        let more = if pupils.len() > 1 { format!(" and {} more", pupils.len() - 1) } else { String::new() };
        let text = format!("{}{more}: {}", work.roll.name_and_group(*first), promise.describe());
        Ok(work.receipt(text, pupils.clone()))
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
