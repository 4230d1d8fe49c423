//! Enters or amends a mark by office decision.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Amend, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::{Fact, Mark, or_blank};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::timeline::Timeline;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, mark};

impl Recorded for Amend {
    /// Amend the mark of a pupil-session. A reason is needed once its register has closed.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        Ok(work.receipt(amend(work, self)?, vec![self.pupil]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(vec![(self.pupil, self.at)])
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.at.date))
    }
}

/// Amend one mark; what was done, in words.
pub fn amend(work: &Work<'_>, amended: &Amend) -> Result<String, Stop> {
    let (id, at, to) = (amended.pupil, amended.at, Mark { code: amended.code, minutes: amended.minutes });
    let pupil = work.on_roll(id, at.date)?;
    let times = work.session(at)?;
    work.check_mark(to, at, pupil)?;
    if work.local < at.date.and_time(times.opens) {
        return Err(Stop::forbidden(format!("{at} has not begun: report the absence instead of marking it")));
    }
    work.unchanged_since(pupil, at, amended.saw)?;
    let standing = mark::standing(work.connection, at, id)?;
    // The mark that stands may be confirmed where the evidence contradicts it, or where it is a register's O, which is followed up
    // until the office has decided it.
    let same = standing.settled.filter(|now| now.code == to.code && (to.minutes.is_none() || *now == to));
    let is_open = |line: &Timeline<'_>, mark| {
        line.contradiction(at.session).is_some() || line.is_o_from_register(at.session, mark)
    };
    if let Some(mark) = same
        && !work.with_timeline(id, at.date, |line| is_open(line, mark))?
    {
        return Err(Refusal::AlreadySo { name: work.roll.name_and_group(id), mark }.into());
    }
    let reason = clean(&amended.reason);
    if reason.is_empty() && work.local >= at.date.and_time(times.closes) {
        return Err(Refusal::ReasonNeeded { at }.into());
    }
    let fact = Fact::Office { mark: to, reason: reason.clone() };
    evidence::add(work.connection, work.act, id, at, at, &fact)?;
    let done = work.settle(id, at, Quote::words(&reason))?;
    let now = done.now.unwrap_or(to);
    let did = match done.was {
        Some(was) if was == now => format!("{now} confirmed"),
        was => format!("{} amended to {now}", or_blank(was)),
    };
    let day = if at.date == work.today() { at.session.to_string() } else { at.to_string() };
    Ok(format!("{} {day}: {did}", work.roll.name_and_group(id)))
}
