//! Says what became of a letter.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::held::{file, is_past};
use crate::domain::act::{DeliverLetter, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::letters::{Delivery, Letter, LetterOutcome};
use crate::domain::name::clean_lines;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::cases::letter;

impl Recorded for DeliverLetter {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let made = made(self, work)?;
        let delivery = Delivery {
            who: work.required_text(&self.delivery.who, "say by whom")?,
            words: clean_lines(&self.delivery.words),
            ..self.delivery.clone()
        };
        letter::deliver(work.connection, work.act, self.pupil, &delivery)?;
        let (name, to) = (work.roll.name_and_group(self.pupil), &made.parent.name);
        Ok(work.receipt(format!("{name}: {}, to {to}", delivery.describe(&made)), vec![self.pupil]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        if !self.delivery.is_return() && file(work, self.pupil)?.returned(self.delivery.letter).is_some() {
            return Err(Stop::cannot_undo("the letter came back: take that back first"));
        }
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        made(self, work)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

/// The letter, if this can be what became of it.
fn made(act: &DeliverLetter, work: &Work<'_>) -> Result<Letter, Stop> {
    let (held, delivery) = (file(work, act.pupil)?, &act.delivery);
    let letter = &held.letter(delivery.letter).ok_or(Refusal::Unknown { what: "letter" })?.what;
    let sent = held.sent(delivery.letter);
    let earlier = if delivery.is_return() { held.returned(delivery.letter) } else { sent };
    if let Some(earlier) = earlier {
        let (at, by) = (earlier.by.at, earlier.by.who.clone());
        let says = format!("{}: put down on {} by {by}", earlier.what.describe(letter), at.format("%-d %b %H:%M"));
        return Err(Refusal::DoneAlready { says, at_gate: None, by, at: at.time() }.into());
    }
    is_past(work, delivery.on, "that")?;
    if let Some(time) = delivery.time {
        work.has_come(delivery.on, time)?;
    }
    let since = match (delivery.outcome, sent) {
        (LetterOutcome::Returned, None) => return Err(Stop::forbidden("the letter was not sent yet")),
        (LetterOutcome::Returned, Some(sent)) if sent.what.outcome == LetterOutcome::Hand => {
            return Err(Stop::forbidden("the letter was handed over: it cannot have come back"));
        }
        (LetterOutcome::Returned, Some(sent)) => sent.what.on,
        (LetterOutcome::Hand, _) if delivery.time.is_none() => {
            return Err(Stop::forbidden("say at which time it was handed over"));
        }
        (LetterOutcome::Hand | LetterOutcome::Post | LetterOutcome::Email, _) => letter.on,
    };
    if delivery.on < since {
        return Err(Refusal::Dates(format!("that was before {}", since.format("%a %-d %b %Y"))).into());
    }
    Ok(letter.clone())
}
