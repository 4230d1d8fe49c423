//! Rows marked for one act: by id, so that whoever leaves the list loses the mark and nobody else gets it.

use super::{List, Row};
use crate::keys::{Key, Keymap};
use crate::screen::theme::Theme;

crate::actions! {
    /// What keys mean where several rows can be marked.
    pub Several in "several" {
        Mark "mark" "mark the chosen row, or no longer" | "several select range tick many";
        FromHere "from-here" "mark from here on, as you move; again, to stop" | "several select range many";
        MarkNone "mark-none" "mark no row any more";
    }
}

/// The marked rows.
#[derive(Clone, Debug)]
pub(super) struct Marks<Id> {
    ids: Vec<Id>,
    /// The row from which moving marks.
    from: Option<Id>,
}

impl<Id> Default for Marks<Id> {
    fn default() -> Marks<Id> {
        Marks { ids: Vec::new(), from: None }
    }
}

impl<Id: Copy + Eq> Marks<Id> {
    fn set(&mut self, id: Id, marked: bool) {
        self.ids.retain(|one| *one != id);
        if marked {
            self.ids.push(id);
        }
    }

    /// Who is gone is marked no longer.
    pub(super) fn keep(&mut self, ids: &[Id]) {
        self.ids.retain(|id| ids.contains(id));
        self.from = self.from.filter(|id| ids.contains(id));
    }
}

impl<Id: Copy + Eq> List<Id> {
    /// Handle a key that marks: whether it was one. The one that marks no row is one only where a row is marked.
    pub fn handle_marking_key(&mut self, key: Key, keys: &Keymap<Several>) -> bool {
        match keys.get(key) {
            Some(Several::Mark) => {
                self.marks.from = None;
                if let Some(id) = self.chosen {
                    self.marks.set(id, !self.is_marked(id));
                    self.go(super::Action::Down);
                }
                true
            }
            Some(Several::FromHere) => {
                let begins = self.marks.from.is_none();
                self.marks.from = self.chosen.filter(|_| begins);
                self.marks.from.into_iter().for_each(|id| self.marks.set(id, true));
                true
            }
            Some(Several::MarkNone) => {
                let some = !self.marks.ids.is_empty();
                self.marks = Marks::default();
                some
            }
            None => false,
        }
    }

    /// The officer has moved from the row at `before`: where moving marks, the rows passed over are marked, and those that were passed
    /// back over are not. Whoever came in between since was not passed over.
    pub(super) fn mark_as_moved(&mut self, before: usize) {
        let Some(from) = self.marks.from.and_then(|id| self.ids.iter().position(|one| *one == id)) else { return };
        let (was, is) = (between(from, before), between(from, self.place));
        for (place, id) in self.ids.iter().enumerate() {
            match (was.contains(&place), is.contains(&place)) {
                (false, true) => self.marks.set(*id, true),
                (true, false) => self.marks.set(*id, false),
                (true, true) | (false, false) => {}
            }
        }
    }

    /// Whether a row is marked.
    pub fn is_marked(&self, id: Id) -> bool {
        self.marks.ids.contains(&id)
    }

    /// The marked rows, in the order of the list.
    pub fn marked(&self) -> Vec<Id> {
        self.ids.iter().copied().filter(|id| self.is_marked(*id)).collect()
    }

    /// "3 marked", behind `before`; nothing where none is.
    pub fn describe_marked(&self, before: &str) -> String {
        if self.marks.ids.is_empty() { String::new() } else { format!("{before}{} marked", self.marks.ids.len()) }
    }

    /// These are marked no longer: what they were marked for is done.
    pub fn unmark(&mut self, is_done: impl Fn(Id) -> bool) {
        self.marks.ids.retain(|id| !is_done(*id));
        self.marks.from = self.marks.from.filter(|_| !self.marks.ids.is_empty());
    }

    /// Room for the symbol, in every row where any is marked.
    pub(super) fn draw_mark(&self, row: &mut Row<'_, Id>, theme: &Theme) {
        if !self.marks.ids.is_empty() {
            let symbol = if self.is_marked(row.id) { theme.symbols.marked } else { "" };
            row.line.column(symbol, 2, theme.title);
        }
    }
}

fn between(one: usize, other: usize) -> std::ops::RangeInclusive<usize> {
    one.min(other)..=one.max(other)
}
