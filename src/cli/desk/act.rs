//! Acts: done as the screen does them, answered by a receipt or a refusal.

use serde::Serialize;

use super::answer::PupilFacts;
use super::{Desk, print_json};
use crate::cli::Failure;
use crate::cli::text::clock;
use crate::domain::act::{Act, Refusal, wording};
use crate::domain::facts::evidence::Mark;

/// That an act was done.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoneFacts<'a> {
    done: bool,
    act: Option<i64>,
    says: &'a str,
    but: Option<&'a str>,
    /// What words were understood to say, where the arguments did not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    understood: Option<&'a str>,
}

/// What is said with the receipt of an act.
#[derive(Default)]
pub struct Noted {
    /// What words were understood to say.
    pub understood: Option<String>,
    /// What contradicts, or was not done of what was asked.
    pub but: Option<String>,
}

impl Noted {
    /// What contradicts, or was not done of what was asked.
    pub fn but(but: Option<String>) -> Noted {
        Noted { but, ..Noted::default() }
    }
}

/// That an act was not done, and why.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RefusedFacts<'a> {
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
        self.perform_noting(act, Noted::default())
    }

    /// The same; what is `noted` is said with the receipt.
    pub fn perform_noting(&mut self, act: &Act, noted: Noted) -> Result<(), Failure> {
        let done = self.store.perform(&self.officer, self.when(), act);
        let receipt = self.answered(done)?;
        let (text, but) = wording::receipt(&receipt, self.officer.role);
        let but: Vec<String> = but.into_iter().chain(noted.but).collect();
        let but = Some(but.join("; ")).filter(|but| !but.is_empty());
        let understood = noted.understood.as_deref();
        self.answer_done(&DoneFacts {
            done: true,
            act: Some(receipt.act.0),
            says: &text,
            but: but.as_deref(),
            understood,
        })
    }

    /// Answer that it is done.
    pub fn done(&mut self, act: Option<i64>, text: &str, but: Option<&str>) -> Result<(), Failure> {
        self.answer_done(&DoneFacts { done: true, act, says: text, but, understood: None })
    }

    fn answer_done(&mut self, facts: &DoneFacts<'_>) -> Result<(), Failure> {
        if self.json {
            return self.print_json(facts);
        }
        self.print(&format!("{}.", facts.says))?;
        facts.understood.map_or(Ok(()), |understood| self.print(&format!("Understood: {understood}.")))?;
        facts.but.map_or(Ok(()), |but| self.print(&format!("But {but}.")))
    }

    /// Answer that the rules forbid it.
    pub fn refuse<T>(&mut self, refusal: &Refusal) -> Result<T, Failure> {
        let wording = wording::refusal(refusal, self.officer.role);
        self.refused(&RefusedFacts {
            says: &wording.text,
            by: wording.by.as_deref(),
            at: wording.at.map(clock),
            was: wording.was,
            now: wording.now,
            ..plain(wording.word)
        })
    }

    /// Answer that something was not settled, in a sentence.
    pub fn refuse_unsettled<T>(&mut self, text: &str) -> Result<T, Failure> {
        self.refused(&RefusedFacts { says: text, ..plain("not-settled") })
    }

    /// Answer that a name means nobody, or several.
    pub fn refuse_name<T>(&mut self, text: &str, candidates: Vec<PupilFacts>) -> Result<T, Failure> {
        let refused = if candidates.is_empty() { "no-pupil" } else { "several" };
        self.refused(&RefusedFacts { says: text, candidates, ..plain(refused) })
    }

    fn refused<T>(&mut self, facts: &RefusedFacts<'_>) -> Result<T, Failure> {
        if self.json {
            self.print_json(facts)?;
        }
        Err(Failure::Refused(facts.says.to_owned()))
    }
}

/// Print a refusal before there is a desk to print from.
pub fn print_refusal<T>(json: bool, out: &mut dyn std::io::Write, text: &str) -> Result<T, Failure> {
    if json {
        print_json(out, &RefusedFacts { says: text, ..plain("not-allowed") })?;
    }
    Err(Failure::Refused(text.to_owned()))
}

fn plain(refused: &str) -> RefusedFacts<'_> {
    RefusedFacts { refused, says: "", by: None, at: None, was: None, now: None, candidates: Vec::new() }
}
