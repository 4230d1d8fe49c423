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
use crate::store::acts::each::Each;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{call, facts, step};

impl Recorded for TakeStep {
    /// Record an event on the ladder. A step is taken once: a second time is refused with who took it first. What was told before a
    /// parent did not know is told again: it is another thing to be told. Of several, those that are refused are named.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (pupils, at) = (self.pupils.as_slice(), self.at);
        work.is_followed_up(at)?;
        work.has_come(at.date, NaiveTime::MIN)?;
        let step = &StepKind::from(work.required_text(self.step.as_str(), "say which step was taken")?);
        let words = clean(&self.words);
        let take = |id: PupilId| {
            not_yet_taken(work, &[id], at, step)?;
            work.on_roll(id, at.date)?;
            Ok(step::add(work.connection, work.act, id, at, step, &words)?)
        };
        let mut each = Each::default();
        for (place, id) in pupils.iter().enumerate() {
            if !pupils.iter().take(place).any(|earlier| earlier == id) {
                each.take(*id, take(*id))?;
            }
        }
        each.receipt(work, |done| {
            let first = done.first().map_or_else(String::new, |first| work.roll.name_and_group(*first));
            let more = if done.len() > 1 { format!(" and {} more", done.len() - 1) } else { String::new() };
            let words = if words.is_empty() { String::new() } else { format!(", {words}") };
            format!("{first}{more}: {step} {}{words}", work.local.format("%H:%M"))
        })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        not_yet_taken(work, &facts::pupils_of(work.connection, "step", chain.first)?, self.at, &self.step)?;
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
