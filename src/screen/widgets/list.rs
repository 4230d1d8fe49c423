//! A list that refreshes itself: it remembers *who* is chosen, not which row.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::text::Line;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::theme::Theme;

crate::actions! {
    /// What keys mean in every list.
    pub Action in "list" {
        Down "down" "one down";
        Up "up" "one up";
        First "first" "to the first";
        Last "last" "to the last";
        PageDown "page-down" "a page down";
        PageUp "page-up" "a page up";
        Open "open" "open";
    }
}

/// A list of ids with one chosen, or none.
#[derive(Clone, Debug)]
pub struct List<Id> {
    ids: Vec<Id>,
    chosen: Option<Id>,
    /// Where the chosen one stands, or stood.
    place: usize,
    /// Rows last drawn: what a page is.
    height: std::cell::Cell<usize>,
}

/// One row of a list while it is drawn.
pub struct Row<'a, Id> {
    /// What stands in it.
    pub id: Id,
    /// Its place in the list, from 0.
    pub place: usize,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Its line, still empty.
    pub line: Line<'a>,
}

impl<Id> Row<'_, Id> {
    /// Make the chosen row one bar; the style of what is written in the row.
    pub fn bar(&mut self, theme: &Theme) -> Style {
        let style = if self.chosen { theme.chosen } else { theme.plain };
        self.line.style_rest(style);
        style
    }
}

impl<Id> Default for List<Id> {
    fn default() -> List<Id> {
        List { ids: Vec::new(), chosen: None, place: 0, height: std::cell::Cell::new(1) }
    }
}

impl<Id: Copy + Eq> List<Id> {
    /// Take the ids as they are now. Whoever was chosen stays chosen wherever they stand. If they are gone: by our own act
    /// (`is_own`), whoever stands there now is chosen; by somebody else's, nobody is until the officer moves.
    pub fn refresh(&mut self, ids: Vec<Id>, is_own: impl Fn(Id) -> bool) {
        let first_time = self.ids.is_empty() && self.chosen.is_none();
        self.ids = ids;
        match self.chosen {
            Some(chosen) => match self.ids.iter().position(|id| *id == chosen) {
                Some(place) => self.place = place,
                None if is_own(chosen) => self.choose(self.place),
                None => self.chosen = None,
            },
            None if first_time => self.choose(0),
            None => {}
        }
    }

    /// The chosen one.
    pub fn chosen(&self) -> Option<Id> {
        self.chosen
    }

    /// The row at which the chosen one stands, or stood.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Those in these rows.
    pub fn ids(&self, rows: Range<usize>) -> &[Id] {
        self.ids.get(rows).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Choose the row at `place`, or the last before it.
    pub fn choose(&mut self, place: usize) {
        self.place = place.min(self.ids.len().saturating_sub(1));
        self.chosen = self.ids.get(self.place).copied();
    }

    /// Choose `id`, if it is there.
    pub fn choose_id(&mut self, id: Id) {
        if let Some(place) = self.ids.iter().position(|one| *one == id) {
            self.choose(place);
        }
    }

    /// Move; opening is the room's own affair.
    pub fn go(&mut self, action: Action) {
        let page = self.height.get().max(1);
        let last = self.ids.len().saturating_sub(1);
        // With nobody chosen the first step lands where the last one stood, rather than beyond it.
        let step = usize::from(self.chosen.is_some());
        match action {
            Action::Down => self.choose(self.place + step),
            Action::Up => self.choose(self.place.saturating_sub(1)),
            Action::First => self.choose(0),
            Action::Last => self.choose(last),
            Action::PageDown => self.choose(self.place + page),
            Action::PageUp => self.choose(self.place.saturating_sub(page)),
            Action::Open => {}
        }
    }

    /// Handle a key: what it meant, if it is a list's.
    pub fn handle_key(&mut self, key: Key, keys: &Keymap<Action>) -> Option<Action> {
        let action = keys.get(key)?;
        self.go(action);
        Some(action)
    }

    /// Handle a key where opening the chosen row opens a dialog.
    pub fn handle_opening_key(&mut self, key: Key, keys: &Keymap<Action>, ask: impl FnOnce(Id) -> Ask) -> Outcome {
        match self.handle_key(key, keys) {
            Some(Action::Open) => self.chosen.map_or(Outcome::Nothing, |id| Outcome::Open(ask(id))),
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    /// Draw the rows that show, each by `draw_row`; then, `indent` columns in, how many more there are.
    pub fn draw(&self, area: Rect, indent: u16, canvas: &mut Canvas<'_>, mut draw_row: impl FnMut(Row<'_, Id>)) {
        let (shown, more) = self.shown(area.height.into());
        canvas.line(area, shown.len()).skip(indent).more(more);
        for (line, place) in shown.enumerate() {
            let Some(id) = self.ids.get(place).copied() else { continue };
            let (chosen, line) = (self.chosen == Some(id), canvas.line(area, line));
            draw_row(Row { id, place, chosen, line });
        }
    }

    /// The rows to draw in `height` lines, and how many more there are; where there are, the last line is kept to say so. A
    /// single line has the chosen one.
    pub fn shown(&self, height: usize) -> (Range<usize>, usize) {
        let all = self.ids.len();
        let rows = self.window(if all > height { height.saturating_sub(1).max(height.min(1)) } else { height });
        let more = all - rows.len();
        (rows, more)
    }

    /// The rows to draw in `height` lines: whole pages, so that moving redraws two rows and not the list.
    pub fn window(&self, height: usize) -> Range<usize> {
        self.height.set(height);
        if height == 0 {
            return 0..0;
        }
        let top = if self.ids.len() <= height { 0 } else { self.place / height * height };
        top..(top + height).min(self.ids.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(ids: &[u32]) -> List<u32> {
        let mut list = List::default();
        list.refresh(ids.to_vec(), |_| false);
        list
    }

    #[test]
    fn the_first_is_chosen_when_a_list_first_fills() {
        let mut list = list(&[]);
        assert_eq!(list.chosen(), None);
        list.refresh(vec![7, 8], |_| false);
        assert_eq!(list.chosen(), Some(7));
    }

    #[test]
    fn whoever_is_chosen_stays_chosen_when_rows_move() {
        let mut list = list(&[1, 2, 3]);
        list.choose(1);
        list.refresh(vec![9, 3, 2], |_| false);
        assert_eq!(list.chosen(), Some(2));
        list.go(Action::Up);
        assert_eq!(list.chosen(), Some(3));
    }

    #[test]
    fn our_own_act_passes_the_choice_on_and_anothers_leaves_nobody_chosen() {
        let mut list = list(&[1, 2, 3]);
        list.choose(1);
        list.refresh(vec![1, 3], |id| id == 2);
        assert_eq!(list.chosen(), Some(3));
        list.refresh(vec![1], |_| false);
        assert_eq!(list.chosen(), None);
        list.go(Action::Down);
        assert_eq!(list.chosen(), Some(1));
    }

    #[test]
    fn with_nobody_chosen_a_step_down_takes_whoever_stands_there_now() {
        let mut list = list(&[1, 2, 3, 4]);
        list.choose(1);
        list.refresh(vec![1, 3, 4], |_| false);
        assert_eq!(list.chosen(), None);
        list.go(Action::Down);
        assert_eq!(list.chosen(), Some(3));
    }

    #[test]
    fn the_window_jumps_by_pages() {
        let mut list = list(&(0..25).collect::<Vec<_>>());
        assert_eq!(list.window(10), 0..10);
        list.choose(9);
        assert_eq!(list.window(10), 0..10);
        list.go(Action::Down);
        assert_eq!(list.window(10), 10..20);
        list.go(Action::Last);
        assert_eq!((list.chosen(), list.window(10)), (Some(24), 20..25));
        list.go(Action::PageUp);
        assert_eq!(list.chosen(), Some(14));
        assert_eq!(list.window(0), 0..0);
    }

    #[test]
    fn the_last_line_is_kept_to_say_how_many_more_there_are() {
        let mut list = list(&(0..25).collect::<Vec<_>>());
        assert_eq!(list.shown(25), (0..25, 0));
        assert_eq!(list.shown(10), (0..9, 16));
        list.choose(9);
        assert_eq!(list.shown(10), (9..18, 16));
        assert_eq!(list.shown(1), (9..10, 24));
        assert_eq!(list.shown(0), (0..0, 25));
    }
}
