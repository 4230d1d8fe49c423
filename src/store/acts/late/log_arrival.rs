//! Records an arrival.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{LogArrival, Receipt, Refusal};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::{Fact, Mark};
use crate::domain::late::gate::{must_not_be_here, shown};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::timeline::arrival::{counted, judge};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, mark};

impl Recorded for LogArrival {
    /// Log that a pupil arrived. One arrival stands for a session: a second is refused with the first.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, date, time) = (self.pupil, self.date, self.time);
        let pupil = work.on_roll(id, date)?;
        let times = work.times(date)?;
        work.has_come(date, time)?;
        let session = times.arriving(time);
        let ends = times.ends();
        if time >= ends {
            work.session(SessionDate::new(date, Session::Pm))?;
            return Err(Refusal::SessionOver { what: time.format("%H:%M").to_string(), session, ends }.into());
        }
        let at = SessionDate::new(date, session);
        not_yet_in(work, id, at)?;
        let reason = self.reason.as_deref().map(clean).filter(|reason| !reason.is_empty());
        let reason_words = reason.as_ref().map(|reason| format!(", {reason}")).unwrap_or_default();
        let judged = judge(time, session, times.of(session));
        if let Some(code) = self.instead {
            let Some(reason) = &reason else {
                return Err(Stop::forbidden(format!("say why the arrival counts as {code}")));
            };
            let Some(mark) = counted(code, judged, session) else {
                let text = format!("an arrival counts as present, L or U, and not as {code}");
                return Err(Stop::forbidden(text));
            };
            work.check(code, at, pupil)?;
            let fact = Fact::Office { mark, reason: reason.clone() };
            evidence::add(work.connection, work.act, id, at, at, &fact)?;
        }
        let words = reason.clone().unwrap_or_default();
        evidence::add(work.connection, work.act, id, at, at, &Fact::Gate { time, reason, judged: Some(judged) })?;
        let done = work.settle(id, at, Quote::words(&words))?;
        let stands = mark::standing(work.connection, at, id)?.settled;
        let alarm = if stands.is_some_and(must_not_be_here) { "must not be here: " } else { "" };
        let name = work.roll.name_and_group(id);
        let sends = if alarm.is_empty() { "" } else { ": send to office" };
        let at_gate =
            Some(format!("{name}: {} at {}{reason_words}{sends}", shown(stands, session), time.format("%H:%M")));
        Ok(Receipt { at_gate, ..work.receipt(format!("{name} {alarm}{}{reason_words}", done.why), vec![id]) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        let session = work.times(self.date)?.arriving(self.time);
        not_yet_in(work, self.pupil, SessionDate::new(self.date, session))?;
        chain.restore(work)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(vec![(self.pupil, work.moment(self.date, self.time))])
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.date))
    }
}

/// Refuse if an arrival stands.
fn not_yet_in(work: &Work<'_>, id: PupilId, at: SessionDate) -> Result<(), Stop> {
    for one in work.evidence_of(id, at)? {
        if let Fact::Gate { time, .. } = one.fact {
            let mark = mark::standing(work.connection, at, id)?.settled.unwrap_or(Mark::plain(Code::L));
            let name = work.roll.name_and_group(id);
            return Err(Refusal::AlreadyIn { name, time, by: one.who.to_string(), mark }.into());
        }
    }
    Ok(())
}
