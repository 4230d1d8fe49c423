//! Records a step of the ladder.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::domain::act::{Receipt, Refusal, TakeStep};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::step_kind::StepKind;
use crate::domain::name::clean;
use crate::domain::people::contact::unaware;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::ladder::StepTaken;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{call, step};

impl Recorded for TakeStep {
    /// Record an event on the ladder. A step is taken once: a second time is refused with who took it first. What was told before a
    /// parent did not know is told again: it is another thing to be told.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (pupils, at) = (self.pupils.as_slice(), self.at);
        work.is_followed_up(at)?;
        work.has_come(at.date, NaiveTime::MIN)?;
        let step = &StepKind::from(work.required_text(self.step.as_str(), "say which step was taken")?);
        let words = clean(&self.words);
        not_yet_taken(work, pupils, at, step)?;
        for (place, id) in pupils.iter().enumerate() {
            work.on_roll(*id, at.date)?;
            if pupils.iter().take(place).any(|earlier| earlier == id) {
                continue;
            }
            step::add(work.connection, work.act, *id, at, step, &words)?;
        }
        let first = pupils.first().ok_or(Refusal::Unknown { what: "pupil" })?;
        let more = if pupils.len() > 1 { format!(" and {} more", pupils.len() - 1) } else { String::new() };
        let words = if words.is_empty() { words } else { format!(", {words}") };
        let says = format!("{}{more}: {step} {}{words}", work.roll.name_and_group(*first), work.local.format("%H:%M"));
        Ok(work.receipt(says, pupils.to_vec()))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        not_yet_taken(work, &self.pupils, self.at, &self.step)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.at.date))
    }
}

/// Refuse a step that was taken for one of these pupils already; before a parent did not know is another time.
fn not_yet_taken(work: &Work<'_>, pupils: &[PupilId], at: SessionDate, step: &StepKind) -> Result<(), Stop> {
    let taken = step::on(work.connection, &work.roll.school, at.date)?;
    let calls = call::on(work.connection, &work.roll.school, at.date)?;
    let missing = |id: PupilId| unaware(calls.iter().filter(|call| call.pupil == id)).last().map(|call| call.act);
    let counts = |one: &StepTaken| {
        pupils.contains(&one.pupil) && one.step == *step && missing(one.pupil).is_none_or(|unaware| one.act > unaware)
    };
    match taken.into_iter().find(counts) {
        Some(first) => {
            let (name, at, by) = (work.roll.name_and_group(first.pupil), first.at.time(), first.who);
            let text = format!("{name}: {} was recorded at {} by {by}", first.step, at.format("%H:%M"));
            Err(Refusal::DoneAlready { says: text, at_gate: None, by, at }.into())
        }
        None => Ok(()),
    }
}
