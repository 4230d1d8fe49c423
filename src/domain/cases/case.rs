//! A case: the stage, the owner, the plan and the next date, as the changes left them.

use chrono::NaiveDate;

use super::change::{CaseChange, Changed, CloseReason, Next, Opening};
use super::held::Held;
use crate::domain::act_id::ActId;

/// A case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The act that opened it.
    pub act: ActId,
    /// How it began.
    pub opening: Opening,
    /// The day on which it was opened.
    pub opened: NaiveDate,
    /// By whom.
    pub opened_by: String,
    /// The stage it is at.
    pub stage: String,
    /// Since when.
    pub stage_since: NaiveDate,
    /// Who sees to it.
    pub owner: String,
    /// What is to be done next.
    pub next: Option<Next>,
    /// What the plan aims at, in the order in which it was put down.
    pub targets: Vec<(String, Option<NaiveDate>)>,
    /// Why it is closed, in words, and when; `None` while it is open.
    pub closed: Option<(NaiveDate, CloseReason, String)>,
}

impl Case {
    /// The case that `opening` began, with those of `changes` that are its own and stand.
    pub fn of(opening: &Held<Opening>, changes: &[Held<Changed>]) -> Case {
        let (by, what) = (&opening.by, &opening.what);
        let mut case = Case {
            act: by.act,
            opening: what.clone(),
            opened: by.at.date(),
            opened_by: by.who.clone(),
            stage: what.stage.clone(),
            stage_since: by.at.date(),
            owner: what.owner.clone(),
            next: what.next.clone(),
            targets: Vec::new(),
            closed: None,
        };
        for one in changes.iter().filter(|one| one.stands() && one.what.case == by.act) {
            let on = one.by.at.date();
            match &one.what.change {
                CaseChange::Stage { stage, .. } => (case.stage, case.stage_since) = (stage.clone(), on),
                CaseChange::Owner(owner) => case.owner.clone_from(owner),
                CaseChange::Next(next) => case.next = Some(next.clone()),
                CaseChange::Target { what, by } => case.targets.push((what.clone(), *by)),
                CaseChange::Close { reason, why } => case.closed = Some((on, *reason, why.clone())),
            }
        }
        case
    }
}
