//! Changes a case, or closes it.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::held::{file, is_to_come, none_open, stage};
use crate::domain::act::{ChangeCase, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::change::{CaseChange, Changed, Next};
use crate::domain::cases::file::CaseFile;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::cases::case;

impl Recorded for ChangeCase {
    /// Refused of a case that is closed.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (id, held) = (self.pupil, file(work, self.pupil)?);
        is_open(self, work, &held)?;
        let name = work.roll.name_and_group(id);
        let (change, says) = match &self.change {
            CaseChange::Stage { stage: to, why } => {
                stage(work, to)?;
                let says = format!("{name}: the case is at {to}{}", missing(work, &held, to));
                (CaseChange::Stage { stage: to.clone(), why: clean(why) }, says)
            }
            CaseChange::Owner(owner) => {
                let owner = work.required_text(owner, "say who sees to the case")?;
                let says = format!("{name}: {owner} sees to the case");
                (CaseChange::Owner(owner), says)
            }
            CaseChange::Next(next) => {
                is_to_come(work, next.on, "the day of what is next")?;
                let what = work.required_text(&next.what, "say what is to be done next")?;
                let says = format!("{name}: next on {}, {what}", next.on.format("%a %-d %b"));
                (CaseChange::Next(Next { on: next.on, what }), says)
            }
            CaseChange::Target { what, by } => {
                if let Some(by) = by {
                    is_to_come(work, *by, "the day of the target")?;
                }
                let what = work.required_text(what, "say what is aimed at")?;
                let says = format!("{name}: the plan aims at {what}");
                (CaseChange::Target { what, by: *by }, says)
            }
            CaseChange::Close { reason, why } => {
                let says = format!("{name}: the case is closed, {}", reason.describe());
                (CaseChange::Close { reason: *reason, why: clean(why) }, says)
            }
        };
        case::change(work.connection, work.act, id, &Changed { case: self.case, change })?;
        Ok(work.receipt(says, vec![id]))
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        if matches!(self.change, CaseChange::Close { .. }) {
            none_open(work, self.pupil, &file(work, self.pupil)?)?;
        }
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        is_open(self, work, &file(work, self.pupil)?)?;
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

fn is_open(act: &ChangeCase, work: &Work<'_>, file: &CaseFile) -> Result<(), Stop> {
    let case = file.cases().into_iter().find(|case| case.act == act.case).ok_or(Refusal::Unknown { what: "case" })?;
    match case.closed {
        Some((on, ..)) => {
            let (name, on) = (work.roll.name_and_group(act.pupil), on.format("%a %-d %b %Y"));
            Err(Stop::forbidden(format!("the case of {name} was closed on {on}: open another")))
        }
        None => Ok(()),
    }
}

/// What should have been done before this stage and was not, as the end of a sentence: whoever moves the case knows why.
fn missing(work: &Work<'_>, file: &CaseFile, to: &str) -> String {
    let done = file.done();
    let stage = work.roll.school.case_stages.iter().find(|stage| stage.name == to);
    let missing = stage.map(|stage| stage.missing(&done)).unwrap_or_default();
    let missing: Vec<&str> = missing.into_iter().map(EventKind::describe).collect();
    if missing.is_empty() { String::new() } else { format!("; not done before: {}", missing.join(", ")) }
}
