//! An act about several: each is done or refused by itself, and those that are refused are named while the others are done.

use super::work::{Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::people::pupil::PupilId;

/// What became of each so far.
#[derive(Default)]
pub struct Each {
    done: Vec<PupilId>,
    refused: Vec<Refusal>,
}

impl Each {
    /// What became of one; a fault ends it all.
    pub fn take<T>(&mut self, pupil: PupilId, became: Result<T, Stop>) -> Result<(), Stop> {
        match became {
            Ok(_) => self.done.push(pupil),
            Err(Stop::Refused(refusal)) => self.refused.push(*refusal),
            Err(fault @ Stop::Sqlite(_)) => return Err(fault),
        }
        Ok(())
    }

    /// The receipt of those that are done, by `text` of who they are, with a sentence for each that is not; a refusal where none
    /// is: the only one, or all of them.
    pub fn receipt(self, work: &Work<'_>, text: impl FnOnce(&[PupilId]) -> String) -> Result<Receipt, Stop> {
        let Each { done, mut refused } = self;
        if done.is_empty() {
            // What is told of them all is told once.
            let mut all: Vec<String> = refused.iter().map(ToString::to_string).collect();
            all.dedup();
            return Err(match refused.len() {
                0 => Refusal::Unknown { what: "pupil" }.into(),
                1 => refused.pop().unwrap_or(Refusal::Unknown { what: "pupil" }).into(),
                _ => Stop::forbidden(all.join("; ")),
            });
        }
        let not_done: Vec<String> = refused.iter().map(ToString::to_string).collect();
        let but = (!not_done.is_empty()).then(|| not_done.join("; "));
        let text = text(&done);
        Ok(Receipt { but, not_done, ..work.receipt(text, done) })
    }
}
