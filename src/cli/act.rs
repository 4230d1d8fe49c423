//! Acts: done as the screen does them, answered by a receipt or a refusal.

use serde::Serialize;

use crate::domain::act::{Act, Receipt, Refusal};
use crate::domain::evidence::Mark;
use crate::store::{Fault, NotDone};

use super::Failure;
use super::answer::PupilFacts;
use super::desk::{Desk, say_json};
use super::text::clock;

/// That an act was done.
#[derive(Serialize)]
struct DoneFacts<'a> {
    done: bool,
    act: Option<i64>,
    says: &'a str,
    but: Option<&'a str>,
}

/// That an act was not done, and why.
#[derive(Serialize)]
struct RefusedFacts<'a> {
    refused: &'a str,
    says: &'a str,
    by: Option<&'a str>,
    at: Option<String>,
    was: Option<Mark>,
    now: Option<Mark>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<PupilFacts>,
}

impl Desk<'_> {
    /// Do one act, signed by the officer at this desk, and answer.
    pub fn perform(&mut self, act: &Act) -> Result<(), Failure> {
        self.perform_noting(act, None)
    }

    /// The same; of what was understood, `note` is said with the receipt.
    pub fn perform_noting(&mut self, act: &Act, note: Option<String>) -> Result<(), Failure> {
        let now = self.now();
        match self.store.perform(&self.officer, now, act) {
            Ok(Receipt { act, says, but, .. }) => {
                let but: Vec<String> = but.into_iter().chain(note).collect();
                self.done(Some(act.0), &says, Some(but.join("; ")).filter(|but| !but.is_empty()).as_deref())?;
                Ok(())
            }
            Err(NotDone::Refused(refusal)) => self.refuse(&refusal),
            Err(NotDone::Fault(fault)) => Err(fault.into()),
            Err(NotDone::Unknown(fault, _)) => Err(Fault::PerhapsSaved(Box::new(fault)).into()),
        }
    }

    /// Answer that it is done.
    pub fn done(&mut self, act: Option<i64>, says: &str, but: Option<&str>) -> Result<(), Failure> {
        if self.json {
            return self.say_json(&DoneFacts { done: true, act, says, but });
        }
        self.say(&format!("{says}."))?;
        but.map_or(Ok(()), |but| self.say(&format!("But {but}.")))
    }

    /// Answer that the rules forbid it.
    pub fn refuse<T>(&mut self, refusal: &Refusal) -> Result<T, Failure> {
        let says = refusal.to_string();
        let facts = RefusedFacts { says: &says, ..facts(refusal) };
        self.refused(&facts)
    }

    /// Answer that a name means nobody, or several.
    pub fn refuse_name<T>(&mut self, says: &str, candidates: Vec<PupilFacts>) -> Result<T, Failure> {
        let refused = if candidates.is_empty() { "no-pupil" } else { "several" };
        self.refused(&RefusedFacts { says, candidates, ..plain(refused) })
    }

    fn refused<T>(&mut self, facts: &RefusedFacts<'_>) -> Result<T, Failure> {
        if self.json {
            self.say_json(facts)?;
        }
        Err(Failure::Refused(facts.says.to_owned()))
    }
}

/// Answer that nobody sits down here, before there is a desk to answer from.
pub fn turned_away<T>(json: bool, out: &mut dyn std::io::Write, says: &str) -> Result<T, Failure> {
    if json {
        say_json(out, &RefusedFacts { says, ..plain("not-allowed") })?;
    }
    Err(Failure::Refused(says.to_owned()))
}

fn plain(refused: &str) -> RefusedFacts<'_> {
    RefusedFacts { refused, says: "", by: None, at: None, was: None, now: None, candidates: Vec::new() }
}

/// The word for a refusal, and what it carries.
fn facts(refusal: &Refusal) -> RefusedFacts<'_> {
    match refusal {
        Refusal::ChangedMeanwhile { by, at, was, now, .. } => RefusedFacts {
            by: Some(by),
            at: Some(clock(at.time())),
            was: *was,
            now: *now,
            ..plain("changed-meanwhile")
        },
        Refusal::AlreadyIn { time, by, mark, .. } => {
            RefusedFacts { by: Some(by), at: Some(clock(*time)), now: Some(*mark), ..plain("already-in") }
        }
        Refusal::RegisterTaken { at, by, .. } => {
            RefusedFacts { by: Some(by), at: Some(clock(at.time())), ..plain("register-taken") }
        }
        Refusal::DoneAlready { at, by, .. } => {
            RefusedFacts { by: Some(by), at: Some(clock(*at)), ..plain("done-already") }
        }
        Refusal::AlreadySo { mark, .. } => RefusedFacts { now: Some(*mark), ..plain("already-so") },
        Refusal::SessionOver { .. } => plain("session-over"),
        Refusal::NoSchool { .. } => plain("no-school"),
        Refusal::NoSession { .. } => plain("no-session"),
        Refusal::Code(_) | Refusal::CodeFor { .. } => plain("code"),
        Refusal::ReasonNeeded { .. } => plain("reason-needed"),
        Refusal::NotOnRoll { .. } => plain("not-on-roll"),
        Refusal::Unknown { .. } => plain("unknown"),
        Refusal::AlreadyWatched { .. } => plain("already-watched"),
        Refusal::NotWatched { .. } => plain("not-watched"),
        Refusal::Dates(_) => plain("dates"),
        Refusal::CannotUndo(_) => plain("cannot-undo"),
        Refusal::NotAllowed { .. } => plain("not-allowed"),
        Refusal::Forbidden(_) => plain("forbidden"),
    }
}
