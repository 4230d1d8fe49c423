//! What is said of a file that was taken or refused, in the text that lies beside it.

use crate::domain::incoming::alike::together;
use crate::domain::incoming::{Reject, Warning};
use crate::domain::name::clean;

/// What became of one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileReport {
    /// In a sentence: "Taken: import 31."
    pub says: String,
    /// SHA-256 of it.
    pub digest: String,
    /// How many of each kind: "pupils: 4 new".
    pub counts: Vec<String>,
    /// What changed of what was known.
    pub changes: Vec<String>,
    /// Marks that stood in the record and are others now: how many, and a line for each of the first.
    pub marks: Vec<String>,
    /// Rows that were used and should be looked at, as far as they are kept.
    pub warnings: Vec<Warning>,
    /// How many there were.
    pub warned: usize,
    /// Rows that were refused, as far as they are kept.
    pub rejects: Vec<Reject>,
    /// How many there were.
    pub refused: usize,
    /// What can be done about it, in a sentence.
    pub cure: String,
}

impl FileReport {
    /// As text, a line each.
    pub fn text(&self) -> String {
        let mut lines = vec![self.says.clone(), format!("SHA-256 {}", self.digest)];
        lines.extend(self.counts.clone());
        lines.extend(self.changes.iter().map(|change| format!("Changed: {change}")));
        lines.extend(self.marks.clone());
        lines.extend(self.warnings.iter().map(|one| format!("Look at: line {}: {}", one.place.line, one.text)));
        lines.extend(more("Look at", self.warned, self.warnings.len()));
        lines.extend(together(&self.rejects).iter().map(|one| format!("Refused: {}", one.text())));
        lines.extend(more("Refused", self.refused, self.rejects.len()));
        lines.extend((!self.cure.is_empty()).then(|| self.cure.clone()));
        lines.iter().map(|line| clean(line) + "\n").collect()
    }
}

fn more(what: &str, all: usize, told: usize) -> Option<String> {
    all.checked_sub(told).filter(|more| *more > 0).map(|more| format!("{what}: {more} more."))
}
