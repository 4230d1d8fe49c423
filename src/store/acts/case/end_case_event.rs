//! Says what became of something in a pupil's case file.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::held::{file, is_past};
use crate::domain::act::{EndCaseEvent, Receipt, Refusal};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::cases::ending::{ActionDone, Ending, ImprovementEnd, LeaveDecision, PenaltyEnd, VisitReturn};
use crate::domain::cases::event::{CaseEvent, LeaveRequest};
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::evidence::{Evidence, Fact};
use crate::domain::name::{clean, clean_lines};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{cases, evidence};

impl Recorded for EndCaseEvent {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let event = ended(self, work)?;
        let ending = match &self.ending {
            Ending::Visit(one) => Ending::Visit(VisitReturn {
                met: clean(&one.met),
                words: clean_lines(&one.words),
                follow_up: clean(&one.follow_up),
                ..one.clone()
            }),
            Ending::Improvement(one) => {
                Ending::Improvement(ImprovementEnd { words: clean_lines(&one.words), ..one.clone() })
            }
            Ending::Penalty(one) => Ending::Penalty(PenaltyEnd { words: clean_lines(&one.words), ..one.clone() }),
            Ending::Leave(one) => Ending::Leave(LeaveDecision {
                by: work.required_text(&one.by, "say who decided")?,
                reason: work.required_text(&one.reason, "say why it was decided so")?,
                ..one.clone()
            }),
            Ending::Action(one) => Ending::Action(ActionDone { words: clean_lines(&one.words), ..one.clone() }),
        };
        cases::end(work.connection, work.act, self.event, self.pupil, &ending)?;
        let text = format!("{}: {}", work.roll.name_and_group(self.pupil), ending.describe(&event));
        let receipt = work.receipt(text, vec![self.pupil]);
        match (&ending, &event) {
            (Ending::Leave(decision), CaseEvent::Leave(leave)) => {
                let Codes { said, but } = set_codes(work, self.pupil, leave, decision)?;
                Ok(Receipt { text: format!("{}{said}", receipt.text), but, ..receipt })
            }
            _ => Ok(receipt),
        }
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        ended(self, work)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

/// What is told of the codes of a leave's days.
struct Codes {
    /// "; C on 2 school days, G on 1".
    said: String,
    /// What was told of these days already, and is otherwise.
    but: Option<String>,
}

/// Set the codes of the days that are still to come, and of today: evidence as of an arrangement, a row a day.
fn set_codes(work: &Work<'_>, id: PupilId, leave: &LeaveRequest, decision: &LeaveDecision) -> Result<Codes, Stop> {
    let pupil = work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
    let codes = leave.codes(decision, &work.roll.calendar, work.today());
    let codes: Vec<(NaiveDate, Code)> = codes.into_iter().filter(|(date, _)| pupil.on_roll(*date)).collect();
    let mut told: Vec<String> = Vec::new();
    for (date, code) in &codes {
        for one in evidence::of(work.connection, &work.roll.school, id, *date)? {
            told.extend(otherwise(&one, *code).map(|other| format!("{other} on {}", date.format("%a %-d %b"))));
        }
    }
    told.dedup();
    for (date, code) in &codes {
        let (from, until) = (SessionDate::new(*date, Session::Am), SessionDate::new(*date, Session::Pm));
        work.check(*code, from, pupil)?;
        let words = format!("leave {}: {}", if *code == Code::C { "granted" } else { "refused" }, leave.reason);
        evidence::add(work.connection, work.act, id, from, until, &Fact::Plan { code: *code, words })?;
    }
    for (date, _) in &codes {
        let day = (SessionDate::new(*date, Session::Am), SessionDate::new(*date, Session::Pm));
        let reached = work.weighed(pupil, day.0, day.1)?;
        work.settle_all(id, &reached, Quote::words(&decision.reason))?;
    }
    let count = |wanted: Code| codes.iter().filter(|(_, code)| *code == wanted).count();
    let part = |wanted: Code| (count(wanted) > 0).then(|| format!("{wanted} on {}", counted(count(wanted), "day")));
    let parts: Vec<String> = [Code::C, Code::G].into_iter().filter_map(part).collect();
    let past = leave.school_days(&work.roll.calendar) - codes.len();
    let past = (past > 0).then(|| format!("{} past already as found", counted(past, "day")));
    let parts = std::iter::once(String::new()).chain(parts).chain(past);
    let said = parts.collect::<Vec<_>>().join("; ");
    let but = (!told.is_empty())
        .then(|| format!("told otherwise before: {}; this holds where the pupil is absent", told.join(", ")));
    Ok(Codes { said, but })
}

/// What something told of a day has otherwise than this code.
fn otherwise(one: &Evidence, code: Code) -> Option<String> {
    match &one.fact {
        Fact::Report { code: told, by, .. } if *told != code => Some(format!("{told} by {by}")),
        Fact::Plan { code: told, words } if *told != code => Some(format!("{told} ({words})")),
        Fact::Office { mark, .. } if mark.code != code => Some(format!("{} by the office", mark.code)),
        Fact::Report { .. } | Fact::Plan { .. } | Fact::Office { .. } | Fact::Tutor(_) | Fact::Gate { .. } => None,
    }
}

/// The event, if this can be what became of it. What becomes of a penalty notice may change: it is not paid, then it goes to court.
fn ended(act: &EndCaseEvent, work: &Work<'_>) -> Result<CaseEvent, Stop> {
    let (held, ending) = (file(work, act.pupil)?, &act.ending);
    let event = held.event(act.event).filter(|one| one.what.kind() == ending.ends());
    let event = &event.ok_or(Refusal::Unknown { what: ending.ends().describe() })?.what;
    let earlier = held.ending(act.event, ending.place()).filter(|_| !matches!(ending, Ending::Penalty(_)));
    if let Some(earlier) = earlier {
        let (at, by) = (earlier.by.at, earlier.by.who.clone());
        let says =
            format!("{}: put down on {} by {by}", earlier.what.ending.describe(event), at.format("%-d %b %H:%M"));
        return Err(Refusal::DoneAlready { says, at_gate: None, by, at: at.time() }.into());
    }
    is_past(work, ending.on(event), "that")?;
    if ending.on(event) < event.on() {
        return Err(Refusal::Dates("it cannot have ended before it began".to_owned()).into());
    }
    match (ending, event) {
        (Ending::Visit(one), CaseEvent::Visit(visit)) => {
            work.has_come(visit.on, one.back)?;
            if one.back < visit.left {
                return Err(Refusal::Dates("they are back before they left".to_owned()).into());
            }
        }
        (Ending::Action(one), CaseEvent::Meeting(meeting)) => {
            let agreed = usize::try_from(one.place).unwrap_or(0);
            if !(1..=meeting.actions.len()).contains(&agreed) {
                return Err(Refusal::Unknown { what: "action" }.into());
            }
        }
        (Ending::Leave(one), CaseEvent::Leave(leave)) => {
            if let Some(fault) = leave.fault(one, &work.roll.calendar) {
                return Err(Stop::forbidden(fault));
            }
        }
        _ => {}
    }
    Ok(event.clone())
}
