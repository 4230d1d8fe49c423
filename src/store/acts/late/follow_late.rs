//! Follows a late through.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{FollowLate, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::late_step::{LateFollowed, LateStep};
use crate::domain::late::followed::forbids;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::each::Each;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{facts, late, mark};

impl Recorded for FollowLate {
    /// Record one step for each of `pupils`: refused of anybody who is not late, and of whom it was recorded already. Of several, those
    /// that are refused are named.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (pupils, at, step) = (self.pupils.as_slice(), self.at, self.step);
        let words = match step {
            LateStep::Sanctioned => work.required_text(&self.words, "say which sanction was given")?,
            LateStep::Met | LateStep::Challenged | LateStep::Accepted | LateStep::NotAccepted | LateStep::Reported => {
                clean(&self.words)
            }
        };
        if pupils.is_empty() {
            return Err(Stop::forbidden("say whose late it is"));
        }
        let follow = |id: PupilId| -> Result<(), Stop> {
            check_step(work, &[id], at, step)?;
            work.on_roll(id, at.date)?;
            let settled = mark::standing(work.connection, at, id)?.settled;
            if !settled.is_some_and(|mark| mark.is_late()) {
                let text = format!("{} is not late in the {at} session", work.roll.name_and_group(id));
                return Err(Stop::forbidden(text));
            }
            Ok(late::follow(work.connection, work.act, id, at, step, &words)?)
        };
        let mut each = Each::default();
        for (place, id) in pupils.iter().enumerate() {
            if !pupils.iter().take(place).any(|earlier| earlier == id) {
                each.take(*id, follow(*id))?;
            }
        }
        let receipt = each.receipt(work, |done| {
            let who = match done {
                [one] => work.roll.name_and_group(*one),
                more => format!("{} lates", more.len()),
            };
            let words = if words.is_empty() { String::new() } else { format!(", {words}") };
            format!("{who}: {}{words}", step.describe())
        })?;
        let but = match receipt.not_done.len() {
            0 => String::new(),
            more => format!("; {more} not done: ask the office"),
        };
        Ok(Receipt { at_gate: Some(format!("{}{but}", receipt.text)), ..receipt })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        let done = facts::pupils_of(work.connection, "late_step", chain.first)?;
        check_step(work, &done, self.at, self.step)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.at.date))
    }
}

/// Refuse a step that what is recorded already forbids of one of these pupils, with who recorded it and when.
fn check_step(work: &Work<'_>, pupils: &[PupilId], at: SessionDate, step: LateStep) -> Result<(), Stop> {
    let all = late::followed_on(work.connection, &work.roll.school, at.date)?;
    for id in pupils {
        let done = all.iter().filter(|one| one.pupil == *id && one.session == at.session);
        if let Some((why, first)) = forbids(&done.collect::<Vec<&LateFollowed>>(), step) {
            let name = work.roll.name_and_group(*id);
            let (text, at_gate) = (format!("{name}: {why}"), Some(format!("{name}: {} already", step.describe())));
            return Err(Refusal::DoneAlready { says: text, at_gate, by: first.who.clone(), at: first.at.time() }.into());
        }
    }
    Ok(())
}
