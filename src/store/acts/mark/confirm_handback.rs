//! Confirms rows of a hand-back. What is known there already, and what was overtaken, is not put down a second time.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::handed_back::{chosen, rows};
use crate::domain::act::{ConfirmHandback, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::handback::{AnswerKind, RowState};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::facts;
use crate::store::tables::mark::handback;

impl Recorded for ConfirmHandback {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (held, states) = rows(work, self.number)?;
        let by = self.by.as_deref().map(clean).filter(|by| !by.is_empty());
        let is_named = !self.rows.is_empty();
        let (mut confirmed, mut held_already, mut overtaken) = (0, 0, 0);
        for (row, state) in chosen(self.number, &held, &states, &self.rows)? {
            match state {
                RowState::Waits => {}
                // A row that was refused is confirmed by name alone.
                RowState::Refused if is_named => {}
                RowState::Refused => continue,
                RowState::Confirmed | RowState::Held => {
                    held_already += 1;
                    continue;
                }
                RowState::Overtaken | RowState::Contradicted => {
                    overtaken += 1;
                    continue;
                }
            }
            let said = (AnswerKind::Confirmed, by.as_deref(), "");
            handback::answer(work.connection, work.act, self.number, row, said)?;
            confirmed += 1;
        }
        let held_already = match held_already {
            0 => None,
            1 => Some("1 mark was known to be there already".to_owned()),
            many => Some(format!("{many} marks were known to be there already")),
        };
        let overtaken = match overtaken {
            0 => None,
            1 => Some("of 1 mark something later says otherwise: it does not count".to_owned()),
            many => Some(format!("of {many} marks something later says otherwise: they do not count")),
        };
        let but = held_already.into_iter().chain(overtaken).collect::<Vec<_>>().join("; ");
        if confirmed == 0 {
            let why = if but.is_empty() { "none waits".to_owned() } else { but };
            return Err(Stop::forbidden(format!("no mark of hand-back {} is to be confirmed: {why}", self.number.0)));
        }
        let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
        let text = format!("Hand-back {}: {} confirmed{by}", self.number.0, counted(confirmed, "mark"));
        Ok(Receipt { but: Some(but).filter(|but| !but.is_empty()), ..work.receipt(text, Vec::new()) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(facts::withdraw(work.connection, chain.first, work.act)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(facts::restore(work.connection, chain.first, chain.target)?)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
