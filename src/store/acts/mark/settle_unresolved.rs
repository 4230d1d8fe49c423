//! Settles marks that have stood at N too long.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Receipt, SettleUnresolved};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, Statistic};
use crate::domain::counted::counted;
use crate::domain::facts::evidence::{Fact, Mark};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::each::Each;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, mark};

impl Recorded for SettleUnresolved {
    /// Settle marks that have stood at N too long. One that has moved since it was seen is left as it is, and the receipt says so.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (code, reason) =
            (self.code, work.required_text(&self.reason, "say why: a mark of a closed register is amended")?);
        let mut each = Each::default();
        for (id, at, saw) in &self.marks {
            each.take(*id, settle(work, (*id, *at, *saw), code, &reason))?;
        }
        each.receipt(work, |done| format!("{} settled to {code}: {reason}", counted(done.len(), "mark")))
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

fn settle(work: &Work<'_>, (id, at, saw): (PupilId, SessionDate, ActId), code: Code, reason: &str) -> Result<(), Stop> {
    let pupil = work.on_roll(id, at.date)?;
    if work.check(code, at, pupil)?.statistic != Statistic::Unauthorised || code == Code::N {
        let text = format!("{code} is no answer to a mark that nobody explained: amend it by itself");
        return Err(Stop::forbidden(text));
    }
    let named = || format!("{} {at}", work.roll.name_and_group(id));
    if at.date >= work.today() {
        return Err(Stop::forbidden(format!("{} has not aged: somebody may still explain it", named())));
    }
    work.unchanged_since(pupil, at, saw)?;
    if mark::standing(work.connection, at, id)?.settled.is_none_or(|mark| mark.code != Code::N) {
        return Err(Stop::forbidden(format!("{} no longer stands at N", named())));
    }
    let fact = Fact::Office { mark: Mark::plain(code), reason: reason.to_owned() };
    evidence::add(work.connection, work.act, id, at, at, &fact)?;
    work.settle(id, at, Quote::words(reason))?;
    Ok(())
}
