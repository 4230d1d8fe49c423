//! Puts down that the other system refused rows of a hand-back: they are not offered to it again before the mark is another.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::handed_back::{chosen, rows};
use crate::domain::act::{Receipt, RefuseHandback};
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::handback::{AnswerKind, RowState};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::facts;
use crate::store::tables::mark::handback;

impl Recorded for RefuseHandback {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let reason = work.required_text(&self.reason, "say why: the record must show it")?;
        let (held, states) = rows(work, self.number)?;
        if self.rows.is_empty() {
            return Err(Stop::forbidden("say which rows were refused"));
        }
        let chosen = chosen(self.number, &held, &states, &self.rows)?;
        for (row, state) in &chosen {
            let why = match state {
                RowState::Waits => {
                    let said = (AnswerKind::Refused, None, reason.as_str());
                    handback::answer(work.connection, work.act, self.number, row, said)?;
                    continue;
                }
                RowState::Confirmed => "is confirmed: take that back first",
                RowState::Refused => "was refused already",
                RowState::Held => "is known to be there",
                RowState::Overtaken | RowState::Contradicted => {
                    "does not count any more, for something later says otherwise"
                }
            };
            return Err(Stop::forbidden(format!("row {} of hand-back {} {why}", row.place, self.number.0)));
        }
        let text = format!("Hand-back {}: {} kept out: {reason}", self.number.0, counted(chosen.len(), "mark"));
        Ok(work.receipt(text, Vec::new()))
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
