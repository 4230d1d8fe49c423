//! Puts something into a pupil's case file.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use super::held::{file, is_past};
use crate::domain::act::{LogCaseEvent, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::event::{
    AgreedAction, CaseContact, CaseEvent, ImprovementNotice, LeaveRequest, Meeting, Party, PenaltyNotice, Visit,
};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::improvement::period;
use crate::domain::cases::penalty::NextNotice;
use crate::domain::cases::support::{Support, SupportKind};
use crate::domain::code::{Code, Statistic};
use crate::domain::counted::counted;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::name::{clean, clean_lines};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::authority::{FEWEST_WEEKS, MOST_WEEKS};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{cases, mark};

impl Recorded for LogCaseEvent {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, held) = (self.pupil, file(work, self.pupil)?);
        let (event, more) = match &self.event {
            CaseEvent::Contact(one) => (CaseEvent::Contact(contact(work, one)?), String::new()),
            CaseEvent::Meeting(one) => {
                let meeting = meeting(work, one)?;
                let agreed = meeting.actions.len();
                let more = if agreed == 0 { String::new() } else { format!(", {} agreed", counted(agreed, "action")) };
                (CaseEvent::Meeting(meeting), more)
            }
            CaseEvent::Visit(one) => {
                let visit = visit(work, one)?;
                let is_first = !held.standing().any(|one| one.what.kind() == EventKind::Visit);
                let alone = is_first && visit.second.is_none();
                let alone = if alone { ": the first visit to a family is made by two" } else { "" };
                let more = format!(", due back {}{alone}", visit.due_back.format("%H:%M"));
                (CaseEvent::Visit(visit), more)
            }
            CaseEvent::Improvement(one) => {
                let notice = improvement(work, one)?;
                let more = format!(" of {}, until {}", notice.parent.name, notice.ends.format("%a %-d %b %Y"));
                (CaseEvent::Improvement(notice), more)
            }
            CaseEvent::Penalty(one) => {
                let (notice, next) = penalty(work, id, &held, one)?;
                let locked = counted(notice.sessions.len(), "session");
                let more = format!(" of {}, {}; {locked} locked", notice.parent.name, next.describe());
                (CaseEvent::Penalty(notice), more)
            }
            CaseEvent::Leave(one) => {
                let leave = leave(work, one)?;
                let days = leave.school_days(&work.roll.calendar);
                (CaseEvent::Leave(leave), format!(" for {}", counted(days, "school day")))
            }
            CaseEvent::Support(one) => (CaseEvent::Support(support(work, one)?), String::new()),
        };
        cases::add(work.connection, work.act, id, &event)?;
        let (name, kind) = (work.roll.name_and_group(id), event.kind().describe());
        Ok(work.receipt(format!("{name}: {kind}{more}"), vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        let held = file(work, self.pupil)?;
        if held.endings.iter().any(|one| one.stands() && one.what.event == chain.first) {
            return Err(Stop::cannot_undo("what became of it stands: take that back first"));
        }
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        if let CaseEvent::Penalty(one) = &self.event {
            penalty(work, self.pupil, &file(work, self.pupil)?, one)?;
        }
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

fn party(work: &Work<'_>, one: &Party, wanting: &str) -> Result<Party, Stop> {
    Ok(Party { contact: one.contact, name: work.required_text(&one.name, wanting)? })
}

fn came(work: &Work<'_>, on: NaiveDate, time: Option<NaiveTime>, what: &str) -> Result<(), Stop> {
    is_past(work, on, what)?;
    time.map_or(Ok(()), |time| work.has_come(on, time))
}

fn contact(work: &Work<'_>, one: &CaseContact) -> Result<CaseContact, Stop> {
    came(work, one.on, one.time, "a contact")?;
    Ok(CaseContact {
        with: party(work, &one.with, "say with whom the contact was")?,
        words: clean_lines(&one.words),
        ..one.clone()
    })
}

fn meeting(work: &Work<'_>, one: &Meeting) -> Result<Meeting, Stop> {
    came(work, one.on, one.time, "a meeting")?;
    let mut actions = Vec::new();
    for action in &one.actions {
        actions.push(AgreedAction {
            what: work.required_text(&action.what, "say what was agreed")?,
            who: work.required_text(&action.who, "say who does what was agreed")?,
            by: action.by,
        });
    }
    let minutes = clean_lines(&one.minutes);
    if minutes.is_empty() {
        return Err(Stop::forbidden("say what was said and decided: the minutes"));
    }
    Ok(Meeting { present: clean(&one.present), minutes, actions, ..one.clone() })
}

fn visit(work: &Work<'_>, one: &Visit) -> Result<Visit, Stop> {
    came(work, one.on, Some(one.left), "a home visit")?;
    if one.due_back < one.left {
        return Err(Refusal::Dates("they are due back before they leave".to_owned()).into());
    }
    let staff = work.required_text(&one.staff, "say who goes")?;
    let second = one.second.as_deref().map(clean).filter(|second| !second.is_empty());
    Ok(Visit { staff, second, words: clean_lines(&one.words), ..one.clone() })
}

fn improvement(work: &Work<'_>, one: &ImprovementNotice) -> Result<ImprovementNotice, Stop> {
    if !(FEWEST_WEEKS..=MOST_WEEKS).contains(&one.weeks) {
        let text = format!("a notice to improve lasts from {FEWEST_WEEKS} to {MOST_WEEKS} school weeks");
        return Err(Stop::forbidden(text));
    }
    match period(&work.roll.calendar, one.start, one.weeks) {
        Some(period) if period.starts == one.start && period.ends == one.ends => {}
        Some(period) => {
            let (starts, ends) = (period.starts.format("%a %-d %b %Y"), period.ends.format("%a %-d %b %Y"));
            return Err(Refusal::Dates(format!("counted over school weeks it is from {starts} to {ends}")).into());
        }
        None => {
            let text = "the calendar ends before the notice does: bring in the terms that follow first";
            return Err(Refusal::Dates(text.to_owned()).into());
        }
    }
    if one.least_percent.is_some_and(|percent| percent > 100) {
        return Err(Stop::forbidden("attendance is from 0 to 100 percent"));
    }
    Ok(ImprovementNotice { parent: party(work, &one.parent, "say to which parent the notice is")?, ..one.clone() })
}

fn penalty(
    work: &Work<'_>,
    id: PupilId,
    held: &CaseFile,
    one: &PenaltyNotice,
) -> Result<(PenaltyNotice, NextNotice), Stop> {
    is_past(work, one.issued, "a penalty notice")?;
    let parent = party(work, &one.parent, "say to which parent the notice is: each has their own")?;
    let next = held.next_notice(&parent, one.issued);
    if let NextNotice::Blocked { .. } = next {
        return Err(Stop::forbidden(format!("{}: {}", parent.name, next.describe())));
    }
    let locked = held.locked_for(&parent);
    let mut sessions = one.sessions.clone();
    sessions.sort_unstable();
    sessions.dedup();
    for at in &sessions {
        if locked.contains(at) {
            return Err(Stop::forbidden(format!("{at} is locked: a notice to {} rests on it already", parent.name)));
        }
        let code = mark::standing(work.connection, *at, id)?.settled.map(|mark| mark.code);
        let is_firm = code
            .is_some_and(|code| code != Code::N && work.roll.codes.statistic(code) == Some(Statistic::Unauthorised));
        if !is_firm || at.date > one.issued {
            return Err(Stop::forbidden(format!("{at} is not marked G, O or U before the notice")));
        }
    }
    Ok((PenaltyNotice { parent, sessions, issued: one.issued }, next))
}

/// A timetable or a contract may begin on a day to come; the rest has happened.
fn support(work: &Work<'_>, one: &Support) -> Result<Support, Stop> {
    match one.kind {
        SupportKind::Contract | SupportKind::PartTime => {}
        SupportKind::Details
        | SupportKind::EarlyHelp
        | SupportKind::Reintegration
        | SupportKind::Provider
        | SupportKind::Court => is_past(work, one.on, one.kind.describe())?,
    }
    if let Some(lacks) = one.lacks() {
        return Err(Stop::forbidden(lacks));
    }
    Ok(Support {
        with: party(work, &one.with, "say with whom it was: the parent, the agency or the provider")?,
        sessions: clean(&one.sessions),
        words: clean_lines(&one.words),
        ..one.clone()
    })
}

fn leave(work: &Work<'_>, one: &LeaveRequest) -> Result<LeaveRequest, Stop> {
    is_past(work, one.asked, "a request for leave")?;
    if one.last < one.first {
        return Err(Refusal::Dates("the last day is before the first: give the first day first".to_owned()).into());
    }
    Ok(LeaveRequest {
        by: party(work, &one.by, "say who asks for the leave")?,
        reason: work.required_text(&one.reason, "say what the leave is for")?,
        ..one.clone()
    })
}
