//! The wording of an answer for each role, on the screen, in a command and in its JSON: no more than the role's screen shows.
//!
//! A reader's screen shows the marks, who entered them and why; whatever a reader is answered is told whole, and so is all that is
//! answered to whoever enters marks. The gate's screen shows names, tutor groups, who is in, who came when, logged by whom, and how
//! late: of a mark other than L and U, of reasons, notes, flags and the watch list the gate is told only to ask the office. Words that
//! hold nothing but what was asked, a date or the calendar are told whole to everybody.

use chrono::NaiveTime;

use super::permission::least_for;
use super::{Receipt, Refusal};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::late_step::LateStep;
use crate::domain::school::School;
use crate::domain::school::staff::Role;

/// A refusal, worded for a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// The word for its kind: "already-in".
    pub word: &'static str,
    /// The whole sentence.
    pub text: String,
    /// Who was first.
    pub by: Option<String>,
    /// When, school-local.
    pub at: Option<NaiveTime>,
    /// The mark that was seen.
    pub was: Option<Mark>,
    /// The mark there now.
    pub now: Option<Mark>,
}

/// What `role` is shown of a refusal.
pub fn refusal(refusal: &Refusal, role: Role) -> Wording {
    match role {
        Role::Gate => to_gate(refusal),
        Role::Reader | Role::Officer | Role::Lead | Role::Admin => whole(refusal),
    }
}

/// What `role` is shown of an act that was done: what it did, and which part of it could not be done.
pub fn receipt(receipt: &Receipt, role: Role) -> (String, Option<String>) {
    match role {
        Role::Gate => (receipt.at_gate.clone().unwrap_or_else(|| "done".to_owned()), None),
        Role::Reader | Role::Officer | Role::Lead | Role::Admin => (receipt.text.clone(), receipt.but.clone()),
    }
}

/// What `role` is shown as the reason of a late: to the gate only a reason of the school's list.
pub fn late_reason(reason: Option<String>, role: Role, school: &School) -> Option<String> {
    let is_listed = |reason: &String| school.late_reasons.iter().any(|one| one.says == *reason);
    reason.filter(|reason| role != Role::Gate || is_listed(reason))
}

/// Whether `role` is shown this step of a late: the gate only its own steps.
pub fn shows_step(step: LateStep, role: Role) -> bool {
    role != Role::Gate || least_for(step) == Role::Gate
}

fn plain(word: &'static str, text: String) -> Wording {
    Wording { word, text, by: None, at: None, was: None, now: None }
}

fn whole(refusal: &Refusal) -> Wording {
    let text = refusal.to_string();
    match refusal {
        Refusal::ChangedMeanwhile { by, at, was, now, .. } => Wording {
            by: Some(by.clone()),
            at: Some(at.time()),
            was: *was,
            now: *now,
            ..plain("changed-meanwhile", text)
        },
        Refusal::AlreadyIn { time, by, mark, .. } => {
            Wording { by: Some(by.clone()), at: Some(*time), now: Some(*mark), ..plain("already-in", text) }
        }
        Refusal::RegisterTaken { at, by, .. } => {
            Wording { by: Some(by.clone()), at: Some(at.time()), ..plain("register-taken", text) }
        }
        Refusal::DoneAlready { at, by, .. } => {
            Wording { by: Some(by.clone()), at: Some(*at), ..plain("done-already", text) }
        }
        Refusal::AlreadySo { mark, .. } => Wording { now: Some(*mark), ..plain("already-so", text) },
        Refusal::SessionOver { .. } => plain("session-over", text),
        Refusal::NoSchool { .. } => plain("no-school", text),
        Refusal::NoSession { .. } => plain("no-session", text),
        Refusal::Code(_) | Refusal::CodeFor { .. } => plain("code", text),
        Refusal::ReasonNeeded { .. } => plain("reason-needed", text),
        Refusal::NotOnRoll { .. } => plain("not-on-roll", text),
        Refusal::Unknown { .. } => plain("unknown", text),
        Refusal::AlreadyWatched { .. } => plain("already-watched", text),
        Refusal::NotWatched { .. } => plain("not-watched", text),
        Refusal::Dates(_) => plain("dates", text),
        Refusal::CannotUndo(_) => plain("cannot-undo", text),
        Refusal::NotAllowed { .. } | Refusal::NotStaff { .. } | Refusal::OtherRole { .. } => plain("not-allowed", text),
        Refusal::Forbidden(_) => plain("forbidden", text),
    }
}

fn to_gate(refusal: &Refusal) -> Wording {
    let asks = |what: &str| format!("{what}: ask the office");
    match refusal {
        Refusal::AlreadyIn { name, time, by, mark } => {
            let late = Some(*mark).filter(|mark| mark.is_late());
            let mark = late.map(|mark| format!(", {mark}")).unwrap_or_default();
            let text = format!("{name} is already in: logged {} by {by}{mark}", time.format("%H:%M"));
            Wording { text, now: late, ..whole(refusal) }
        }
        Refusal::DoneAlready { at_gate: Some(text), at, .. } => {
            Wording { at: Some(*at), ..plain("done-already", text.clone()) }
        }
        Refusal::DoneAlready { at_gate: None, .. } => plain("done-already", asks("somebody has done it already")),
        Refusal::ChangedMeanwhile { name, .. } => {
            plain("changed-meanwhile", asks(&format!("{name} was changed since")))
        }
        Refusal::RegisterTaken { group, .. } => plain("register-taken", asks(&format!("the register of {group}"))),
        Refusal::CodeFor { name, .. }
        | Refusal::AlreadySo { name, .. }
        | Refusal::AlreadyWatched { name, .. }
        | Refusal::NotWatched { name } => plain("forbidden", asks(name)),
        // These hold what was asked, and the calendar.
        Refusal::SessionOver { .. }
        | Refusal::NoSchool { .. }
        | Refusal::NoSession { .. }
        | Refusal::Code(_)
        | Refusal::ReasonNeeded { .. }
        | Refusal::NotOnRoll { .. }
        | Refusal::Unknown { .. }
        | Refusal::Dates(_)
        | Refusal::CannotUndo(_)
        | Refusal::NotAllowed { .. }
        | Refusal::NotStaff { .. }
        | Refusal::OtherRole { .. }
        | Refusal::Forbidden(_) => whole(refusal),
    }
}

#[cfg(test)]
mod tests;
