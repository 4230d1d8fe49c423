//! Records that a pupil goes out, or comes back. A departure explains what follows it.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::domain::act::{LogMovement, Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::reason::offer;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, presence};

impl Recorded for LogMovement {
    /// Record that a pupil goes out or comes back. Nobody goes out twice, or comes back who has not gone: that is refused with the
    /// first. (Who comes for the first time today is an arrival.)
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupil: id, date, time, way, reason } = self;
        let (id, date, time, way) = (*id, *date, *time, *way);
        work.on_roll(id, date)?;
        let is_school_day = work.comes_and_goes(date)?;
        work.has_come(date, time)?;
        check_movement(work, id, date, time, way)?;
        let reason = clean(reason);
        if way == Way::Out && reason.is_empty() {
            return Err(Stop::forbidden("say why the pupil goes out"));
        }
        // What the words explain is what the table says today: another table does not settle yesterday again.
        // What the school has to grant (a funeral: C) no departure grants by itself.
        let code = offer(&reason, &work.roll.school.reasons).and_then(|offer| offer.code);
        let code = code.filter(|code| work.roll.codes.arranged(*code).is_none());
        presence::go(work.connection, work.act, id, date, time, way, (&reason, code.filter(|_| way == Way::Out)))?;
        if is_school_day {
            work.settle(id, work.moment(date, time), Quote::words(&reason))?;
        }
        let did = if way == Way::Out { "out" } else { "back" };
        let reason_words = if reason.is_empty() { String::new() } else { format!(", {reason}") };
        let name = work.roll.name_and_group(id);
        Ok(work.receipt_of_gate(format!("{name} {did} {}{reason_words}", time.format("%H:%M")), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        is_last(work, self.pupil, self.date, chain.first)?;
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        check_movement(work, self.pupil, self.date, self.time, self.way)?;
        chain.restore(work)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(vec![(self.pupil, work.moment(self.date, self.time))])
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.date))
    }
}

/// Refuse what does not follow on the pupil's last movement of the day.
fn check_movement(work: &Work<'_>, id: PupilId, date: NaiveDate, time: NaiveTime, way: Way) -> Result<(), Stop> {
    let name = work.roll.name_and_group(id);
    let all = presence::movements_on(work.connection, date)?;
    let mut last = all.into_iter().rfind(|one| one.pupil == id);
    // An arrival at the gate is a way back too.
    if let Some(out) = last.as_mut().filter(|last| last.way == Way::Out) {
        for one in evidence::of(work.connection, &work.roll.school, id, date)? {
            if let Some(time) = one.fact.arrived().filter(|came| out.time <= *came) {
                (out.way, out.time, out.who) = (Way::Back, time, one.who.to_string());
            }
        }
    }
    // A pupil seen since, in a lesson or on a sweep, can go out again, though nobody logged them back.
    let is_out = || work.with_timeline(id, date, |line| line.departed().is_some());
    match (way, &last) {
        (Way::Out, Some(last)) if last.way == Way::Out && is_out()? => {
            let since = format!("{name} is out already: since {}", last.time.format("%H:%M"));
            return Err(done_already(since, last).into());
        }
        (Way::Back, None) => {
            return Err(Stop::forbidden(format!("{name} has not gone out: log an arrival instead")));
        }
        (Way::Back, Some(last)) if last.way == Way::Back => {
            let since = format!("{name} is back already: since {}", last.time.format("%H:%M"));
            return Err(done_already(since, last).into());
        }
        _ => {}
    }
    if last.as_ref().is_some_and(|last| time < last.time) {
        let text = format!("{name}: {} is before the last time logged", time.format("%H:%M"));
        return Err(Stop::forbidden(text));
    }
    Ok(())
}

/// That somebody logged it before: `since` says what and when.
fn done_already(since: String, last: &Movement) -> Refusal {
    let text = format!("{since}, logged by {}", last.who);
    Refusal::DoneAlready { says: text, at_gate: Some(since), by: last.who.clone(), at: last.time }
}

/// Refuse to take back a movement that another has followed.
fn is_last(work: &Work<'_>, id: PupilId, date: NaiveDate, act: ActId) -> Result<(), Stop> {
    let all = presence::movements_on(work.connection, date)?;
    match all.into_iter().rfind(|one| one.pupil == id) {
        Some(last) if last.act != act => {
            let name = work.roll.name_and_group(id);
            let text = format!(
                "{name} was logged {} at {} since: take that back first",
                last.way.as_str(),
                last.time.format("%H:%M")
            );
            Err(Stop::cannot_undo(text))
        }
        _ => Ok(()),
    }
}
