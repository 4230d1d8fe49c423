//! Takes back an earlier act. It appends the reverse, and can itself be undone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::importing;
use crate::domain::act::permission::check_act;
use crate::domain::act::{JournalEntry, Other, Receipt, Refusal, Undo};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::{Recorded, recorded};
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::journal;
use crate::store::tables::{evidence, mark};

/// The act that `asked` stands by now: itself, or the last that did it again. Refused if it is taken back, or never was.
pub fn standing(connection: &Connection, roll: &Roll, asked: ActId) -> Result<ActId, Stop> {
    if journal::signature(connection, asked)?.is_none() {
        return Err(nothing());
    }
    let (last, stands) = journal::last_word(connection, asked)?;
    if stands {
        return Ok(last);
    }
    let signed = journal::signature(connection, last)?.ok_or_else(nothing)?;
    let (at, by) = (roll.school.local(signed.instant).time(), signed.who);
    let text = format!("that was taken back already at {} by {by}", at.format("%H:%M"));
    let at_gate = Some("that was taken back already".to_owned());
    Err(Refusal::DoneAlready { says: text, at_gate, by, at }.into())
}

fn nothing() -> Stop {
    Stop::cannot_undo("there is nothing there to take back")
}

/// What is no act of an officer: of it an import alone is taken back.
fn undo_other(work: &Work<'_>, chain: Chain, other: &Other) -> Result<Receipt, Stop> {
    let text = match other {
        Other::Import { .. } => return importing::undo(work, chain, other),
        Other::FileRefused { .. } => {
            "that is no act that can be taken back: put the file right, and into the folder again"
        }
        Other::PinSet { .. } | Other::PinForgotten { .. } => {
            "that is no act that can be taken back: a PIN is put right by another PIN"
        }
        Other::Cleared { .. } => "that is no act that can be taken back: what was removed is nowhere any more",
        Other::Handback { .. } => "that is no act that can be taken back: what was confirmed of it can be",
        Other::History {} => "that is no act that can be taken back: it made up the years that this school rests on",
    };
    Err(Stop::cannot_undo(text))
}

impl Recorded for Undo {
    /// Refused if somebody has changed since what the act changed.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let target = journal::undoes(work.connection, work.act)?.ok_or_else(nothing)?;
        let chain = Chain::of(work.connection, target)?;
        let original = match journal::entry(work.connection, chain.first)?.ok_or_else(nothing)? {
            JournalEntry::Act(act) => act,
            JournalEntry::Other(other) => {
                let receipt = undo_other(work, chain, &other)?;
                return Ok(Receipt { undid: Some(chain.undid()), ..receipt });
            }
        };
        check_act(work.role, &original, work.roll)?;
        let mut touched: BTreeMap<PupilId, BTreeSet<SessionDate>> = BTreeMap::new();
        for (id, told) in evidence::by_act(work.connection, &work.roll.school, chain.first)? {
            let pupil = work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
            let sessions = touched.entry(id).or_default();
            for at in mark::sessions_of(work.connection, id, told.from, told.until)? {
                work.unchanged_since(pupil, at, target)?;
            }
            sessions.extend(work.weighed(pupil, told.from, told.until)?);
        }
        let recorded = recorded(&original);
        let done = if chain.did {
            recorded.take_back(work, chain)?;
            "undone"
        } else {
            recorded.do_again(work, chain)?;
            "done again"
        };
        let what = original.describe(work.roll);
        let words = format!("{done}: {what}");
        for (pupil, sessions) in &touched {
            work.settle_all(*pupil, sessions, Quote::words(&words))?;
        }
        // What was not evidence, but moved where the pupil was: from that moment on; and what an arrival had ended, beyond its day.
        for (pupil, at) in recorded.moved(work)? {
            work.settle(pupil, at, Quote::words(&words))?;
        }
        let mut text = format!("{what} {done}");
        if let Some(first) = text.get(..1).map(str::to_uppercase) {
            text.replace_range(..1, &first);
        }
        // A role that may take the act back may read it: the gate takes back only its own.
        let receipt = work.receipt_of_gate(text, original.pupils());
        Ok(Receipt { group: original.group(), lesson: original.lesson(), undid: Some(chain.undid()), ..receipt })
    }

    /// Nothing to take back: [`Chain`] leads to the act that is undone, never to an undo.
    fn take_back(&self, _work: &Work<'_>, _chain: Chain) -> Result<(), Stop> {
        Err(nothing())
    }

    fn do_again(&self, _work: &Work<'_>, _chain: Chain) -> Result<(), Stop> {
        Err(nothing())
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
