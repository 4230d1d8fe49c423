//! Warnings of one file, gathered by kind: what is odd in a hundred thousand rows is said once, with the count.

use crate::domain::incoming::{Place, Warning};

/// The warnings of one file.
#[derive(Default)]
pub struct Notes {
    notes: Vec<Note>,
}

struct Note {
    /// Notes of the same kind and detail are one.
    kind: &'static str,
    detail: String,
    says: String,
    place: Place,
    rows: u64,
}

impl Notes {
    /// Note something about the row at `place`. Of one kind and detail, the first is kept whole and the others are counted.
    pub fn add(&mut self, kind: &'static str, detail: &str, place: impl Fn() -> Place, says: impl Fn() -> String) {
        match self.notes.iter_mut().find(|note| note.kind == kind && note.detail == detail) {
            Some(note) => note.rows += 1,
            None => self.notes.push(Note { kind, detail: detail.to_owned(), says: says(), place: place(), rows: 1 }),
        }
    }

    /// The warnings, in the order they were first met.
    pub fn into_warnings(self) -> impl Iterator<Item = Warning> {
        self.notes.into_iter().map(|Note { says, place, rows, .. }| {
            let says = if rows > 1 { format!("{says} ({rows} such rows, this is the first)") } else { says };
            Warning { place, says }
        })
    }
}
