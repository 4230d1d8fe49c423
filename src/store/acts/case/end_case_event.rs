//! Says what became of something in a pupil's case file.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::held::{file, is_past};
use crate::domain::act::{EndCaseEvent, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::ending::{
    ActionDone, Ending, ImprovementEnd, LeaveDecision, LeaveOutcome, PenaltyEnd, VisitReturn,
};
use crate::domain::cases::event::CaseEvent;
use crate::domain::name::{clean, clean_lines};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::cases;

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
        Ok(work.receipt(text, vec![self.pupil]))
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
            let most = leave.school_days(&work.roll.calendar);
            let days = usize::try_from(one.days).unwrap_or(usize::MAX);
            let fits = match one.outcome {
                LeaveOutcome::Granted => days > 0 && days <= most,
                LeaveOutcome::Refused => days == 0,
            };
            if !fits {
                let text = format!("the leave has {most} school days: grant some of them, or refuse it");
                return Err(Stop::forbidden(text));
            }
        }
        _ => {}
    }
    Ok(event.clone())
}
