//! Settles marks that have stood at N too long.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Receipt, Refusal, SettleUnresolved};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, Statistic};
use crate::domain::facts::evidence::{Fact, Mark};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, mark};

impl Recorded for SettleUnresolved {
    /// Settle marks that have stood at N too long. One that has moved since it was seen is left as it is, and the receipt says so.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let SettleUnresolved { marks, code, reason } = self;
        let code = *code;
        let reason = &work.required_text(reason, "say why: a mark of a closed register is amended")?;
        let mut but: Vec<String> = Vec::new();
        let mut done = 0;
        for (id, at, saw) in marks {
            let pupil = work.on_roll(*id, at.date)?;
            if work.check(code, *at, pupil)?.statistic != Statistic::Unauthorised || code == Code::N {
                let text = format!("{code} is no answer to a mark that nobody explained: amend it by itself");
                return Err(Refusal::Forbidden(text).into());
            }
            if at.date >= work.today() {
                let text =
                    format!("{} {at} has not aged: somebody may still explain it", work.roll.name_and_group(*id));
                return Err(Refusal::Forbidden(text).into());
            }
            let stands_at_n =
                mark::standing(work.connection, *at, *id)?.settled.is_some_and(|mark| mark.code == Code::N);
            match work.unchanged_since(pupil, *at, *saw) {
                Ok(()) if stands_at_n => {}
                Ok(()) => {
                    but.push(format!("{} {at} no longer stands at N", work.roll.name_and_group(*id)));
                    continue;
                }
                Err(Stop::Refused(refusal)) => {
                    but.push(refusal.to_string());
                    continue;
                }
                Err(fault) => return Err(fault),
            }
            let fact = Fact::Office { mark: Mark::plain(code), reason: reason.to_owned() };
            evidence::add(work.connection, work.act, *id, *at, *at, &fact)?;
            work.settle(*id, *at, Quote::words(reason))?;
            done += 1;
        }
        if done == 0 {
            let why = if but.is_empty() { "there is no such mark".to_owned() } else { but.join("; ") };
            return Err(Refusal::Forbidden(why).into());
        }
        let pupils = marks.iter().map(|(pupil, ..)| *pupil).collect();
        let text = format!("{done} {} settled to {code}: {reason}", if done == 1 { "mark" } else { "marks" });
        let but = (!but.is_empty()).then(|| but.join("; "));
        Ok(Receipt { but, ..work.receipt(text, pupils) })
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
