//! A few fields, each in a line of its own behind its label; one of them takes letters.

use ratatui::layout::{Position, Rect};

use super::canvas::Canvas;
use super::dialog::{Action, Typing};
use super::entered::Entered;
use super::field::Field;
use super::text::Line;
use crate::keys::Key;
use crate::screen::outcome::Outcome;

/// Fields in the order in which they are gone through. After the last may come rows of the dialog's own.
#[derive(Debug)]
pub struct Form<Name> {
    /// Columns from the edge to what is typed.
    label: u16,
    entries: Vec<Entry<Name>>,
    /// Rows behind the last field that the cursor goes through as well.
    rows_behind: usize,
    /// The field that takes letters, or a row behind them.
    focus: usize,
}

/// A field and where it stands.
#[derive(Debug)]
pub struct Entry<Name> {
    /// Which it is.
    pub name: Name,
    /// What stands before it.
    pub label: &'static str,
    /// Its line, counted from the top of the form.
    pub row: usize,
    /// Columns of what is typed; all that are left where it would like more.
    pub columns: u16,
    /// What is typed.
    pub field: Field,
}

impl<Name: Copy + Eq> Form<Name> {
    /// The first field takes letters; what is typed stands `label` columns in.
    pub fn new(label: u16, entries: impl Into<Vec<Entry<Name>>>) -> Form<Name> {
        Form { label, entries: entries.into(), rows_behind: 0, focus: 0 }
    }

    /// Let the cursor go through so many rows behind the last field.
    pub fn set_rows_behind(&mut self, rows: usize) {
        self.rows_behind = rows;
    }

    /// Handle a key: one that saves or closes, moves between fields, or is typed.
    pub fn handle_key(&mut self, key: Key, typing: &Typing) -> Entered {
        let stops = (self.entries.len() + self.rows_behind).max(1);
        match (typing.dialog.get(key), self.entries.get_mut(self.focus)) {
            (Some(Action::Save), _) => return Entered::Save,
            (Some(Action::Close), _) => return Entered::Close,
            (Some(Action::Next), _) => self.focus = (self.focus + 1) % stops,
            (Some(Action::Previous), _) => self.focus = (self.focus + stops - 1) % stops,
            (None, Some(entry)) => {
                entry.field.handle_key(key, &typing.field);
                return Entered::Typed;
            }
            (None, None) => {}
        }
        Entered::Nothing
    }

    /// Text was pasted: whether there is a field for it.
    pub fn paste(&mut self, text: &str) -> bool {
        let here = self.entries.get_mut(self.focus);
        here.map(|entry| entry.field.paste(text)).is_some()
    }

    /// The field that takes letters; none on a row behind them.
    pub fn focus(&self) -> Option<Name> {
        self.entries.get(self.focus).map(|entry| entry.name)
    }

    /// The row behind the last field on which the cursor is, from 0.
    pub fn row_behind(&self) -> Option<usize> {
        self.focus.checked_sub(self.entries.len())
    }

    /// Let a field hear letters.
    pub fn focus_on(&mut self, name: Name) {
        self.focus = self.entries.iter().position(|entry| entry.name == name).unwrap_or(self.focus);
    }

    /// A field cannot be read: the cursor goes there, and the officer is told why.
    pub fn reject(&mut self, name: Name, why: impl Into<String>) -> Outcome {
        self.focus_on(name);
        Outcome::Notice(why.into())
    }

    /// A field.
    pub fn field(&self, name: Name) -> Option<&Field> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| &entry.field)
    }

    /// What is typed in a field, without space at its ends.
    pub fn text(&self, name: Name) -> &str {
        self.field(name).map_or("", |field| field.text().trim())
    }

    /// The same, if it is anything.
    pub fn filled(&self, name: Name) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Offer `text` in a field, unless the officer has typed something there.
    pub fn offer(&mut self, name: Name, text: &str) {
        let offered = |entry: &&mut Entry<Name>| entry.name == name && entry.field.is_offered();
        if let Some(entry) = self.entries.iter_mut().find(offered) {
            entry.field.offer(text);
        }
    }

    /// Empty a field.
    pub fn clear(&mut self, name: Name) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.name == name) {
            entry.field = Field::default();
        }
    }

    /// What stands before a field.
    pub fn label(&self, name: Name) -> &'static str {
        self.entries.iter().find(|entry| entry.name == name).map_or("", |entry| entry.label)
    }

    /// Draw the labels and fields; `beside` is given each with the rest of its line, one column behind it. Says where the cursor
    /// belongs.
    pub fn draw(
        &self,
        area: Rect,
        canvas: &mut Canvas<'_>,
        mut beside: impl FnMut(Name, &mut Line<'_>),
    ) -> Option<Position> {
        let mut cursor = None;
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(row) = area.rows().nth(entry.row) else { continue };
            let columns = entry.columns.min(area.width.saturating_sub(self.label));
            let plain = canvas.theme.plain;
            let mut line = canvas.line(row, 0);
            line.column(entry.label, self.label, plain).skip(columns + 1);
            beside(entry.name, &mut line);
            let field = Rect { x: row.x + self.label, width: columns, ..row };
            let at = entry.field.draw(field, canvas.buffer, canvas.theme);
            cursor = if place == self.focus { at } else { cursor };
        }
        cursor
    }
}
