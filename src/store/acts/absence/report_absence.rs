//! Records an absence that was reported: of today, and of days to come.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::reported::{check_range, check_report};
use crate::domain::absence::when::back_fault;
use crate::domain::act::{Receipt, Refusal, ReportAbsence};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::{Fact, clock};
use crate::domain::facts::message::Message;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{evidence, message};

impl Recorded for ReportAbsence {
    /// Record what somebody reported: evidence for every session from `from` to `until`, settled session by session.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupils, code, from, until, by, words, channel, seen, back, time } = self;
        let (code, from, until) = (*code, *from, *until);
        let sent = &Message { channel: *channel, seen: clean(seen), back: *back };
        check_range(from, until)?;
        if let Some(text) = sent.back.and_then(|back| back_fault(until, back)) {
            return Err(Refusal::Dates(text).into());
        }
        if clean(by).is_empty() {
            return Err(Stop::forbidden("say who reported it: the record must show it"));
        }
        let Some(first) = pupils.first() else { return Err(Refusal::Unknown { what: "pupil" }.into()) };
        let sessions = work.school_sessions(from, until);
        if sessions.is_empty() {
            work.session(from)?;
        }
        for (place, id) in pupils.iter().enumerate() {
            let pupil = work.on_roll(*id, from.date)?;
            check_report(work, code, (from, until), pupil)?;
            if pupils.iter().take(place).any(|earlier| earlier == id) {
                continue;
            }
            let fact = Fact::Report { code, time: *time, by: clean(by), words: clean(words) };
            evidence::add(work.connection, work.act, *id, from, until, &fact)?;
            let reached = work.weighed(pupil, from, until)?;
            work.settle_all(*id, &reached, Quote { words: &clean(words), by: Some(&clean(by)) })?;
        }
        message::add(work.connection, work.act, sent)?;
        let others = match pupils.len() {
            1 => String::new(),
            more => format!(" and {} more", more - 1),
        };
        let span = if from.date == until.date && from.date == work.today() {
            "today".to_owned()
        } else if from.date == until.date {
            from.date.format("%a %-d %b").to_string()
        } else {
            format!("{} to {}", from.date.format("%a %-d %b"), until.date.format("%a %-d %b"))
        };
        let half = if from == until { format!(", {} only", from.session) } else { String::new() };
        let span = time.map_or_else(|| span.clone(), |time| format!("{span} at {}", clock(time)));
        let text = format!("{}{others}: {code} reported, {span}{half}", work.roll.name_and_group(*first));
        Ok(work.receipt(text, pupils.clone()))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.from.date))
    }
}
