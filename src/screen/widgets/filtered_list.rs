//! A field, and a list of what matches what is typed into it.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::canvas::Canvas;
use super::dialog::{Action, Typing};
use super::entered::Entered;
use super::field::Field;
use super::list::{self, List, Row};
use crate::keys::Key;

/// A field, and the rows that match it.
#[derive(Debug)]
pub struct FilteredList<Id> {
    /// What is typed.
    pub field: Field,
    /// What matches it.
    pub list: List<Id>,
}

impl<Id> Default for FilteredList<Id> {
    fn default() -> FilteredList<Id> {
        FilteredList { field: Field::default(), list: List::default() }
    }
}

impl<Id: Copy + Eq> FilteredList<Id> {
    /// Take the rows that match now. The chosen one stays chosen; if it is gone, none is until the officer moves.
    pub fn show(&mut self, ids: Vec<Id>) {
        self.list.refresh(ids, |_| false);
    }

    /// Take the rows that match what was just typed: the first is chosen.
    pub fn show_from_first(&mut self, ids: Vec<Id>) {
        self.list.restart(ids);
    }

    /// Handle a key. Letters are typed, and then the rows are to be matched again; moving is by the dialog's keys and those of
    /// a list that are no letters.
    pub fn handle_key(&mut self, key: Key, typing: &Typing) -> Entered {
        match typing.dialog.get(key) {
            Some(Action::Save) => return Entered::Save,
            Some(Action::Close) => return Entered::Close,
            Some(Action::Next) => self.list.go(list::Action::Down),
            Some(Action::Previous) => self.list.go(list::Action::Up),
            None if self.type_or_move(key, typing) => return Entered::Typed,
            None => {}
        }
        Entered::Nothing
    }

    /// Type a letter, or move in the list by a key that is none; whether it was typing.
    pub fn type_or_move(&mut self, key: Key, typing: &Typing) -> bool {
        let typed = self.field.handle_key(key, &typing.field);
        if !typed {
            self.list.handle_key(key, &typing.list);
        }
        typed
    }

    /// Draw the field, and below it the list by `draw_row`, or `none` where nothing matches; says where the cursor belongs.
    pub fn draw(
        &self,
        none: &str,
        area: Rect,
        canvas: &mut Canvas<'_>,
        draw_row: impl FnMut(Row<'_, Id>),
    ) -> Option<Position> {
        let theme = canvas.theme;
        let [field, rows] = split_first(area);
        if self.list.is_empty() {
            canvas.line(rows, 0).text(none, theme.dim);
        }
        self.list.draw(rows, canvas, draw_row);
        self.field.draw(field, canvas.buffer, theme)
    }
}

impl<Id: Copy + Eq> FilteredList<Id> {
    /// The same where letters are typed only once that is asked for: the field stands there while something is typed in it, or is to
    /// be, and the cursor in it meanwhile.
    pub fn draw_while(
        &self,
        is_typing: bool,
        none: &str,
        area: Rect,
        canvas: &mut Canvas<'_>,
        draw_row: impl FnMut(Row<'_, Id>),
    ) -> Option<Position> {
        if is_typing || !self.field.text().is_empty() {
            return self.draw(none, area, canvas, draw_row).filter(|_| is_typing);
        }
        if self.list.is_empty() {
            let dim = canvas.theme.dim;
            canvas.line(area, 0).text(none, dim);
        }
        self.list.draw(area, canvas, draw_row);
        None
    }
}

/// The first line of an area, and what is left below it.
pub fn split_first(area: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area)
}
