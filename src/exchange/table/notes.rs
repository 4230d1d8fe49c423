//! Warnings of one file, gathered by kind: a warning about many rows appears once, with the count.

use std::collections::HashMap;

use crate::domain::incoming::{Place, Warning};

/// The warnings of one file.
#[derive(Default)]
pub struct Notes {
    notes: Vec<Note>,
    /// By kind and detail, where in the list: notes of the same are one.
    places: HashMap<(&'static str, String), usize>,
}

struct Note {
    text: String,
    place: Place,
    rows: u64,
}

impl Notes {
    /// Note something about the row at `place`. Of one kind and detail, the first is kept whole and the others are counted.
    pub fn add(&mut self, kind: &'static str, detail: &str, place: impl Fn() -> Place, text: impl Fn() -> String) {
        let known = *self.places.entry((kind, detail.to_owned())).or_insert(self.notes.len());
        match self.notes.get_mut(known) {
            Some(note) => note.rows += 1,
            None => self.notes.push(Note { text: text(), place: place(), rows: 1 }),
        }
    }

    /// The warnings, in the order they were first met.
    pub fn into_warnings(self) -> impl Iterator<Item = Warning> {
        self.notes.into_iter().map(|Note { text, place, rows, .. }| {
            let text = if rows > 1 { format!("{text} ({rows} such rows, this is the first)") } else { text };
            Warning { place, text }
        })
    }
}
