//! A list that refreshes itself: it remembers *who* is chosen, not which row.

mod marking;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::{Canvas, Unseen};
use super::text::Line;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use marking::Marks;
pub use marking::Several;

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

/// A list of ids with one chosen, or none. It keeps its view: what comes and goes elsewhere moves no row that is seen.
#[derive(Clone, Debug)]
pub struct List<Id> {
    ids: Vec<Id>,
    chosen: Option<Id>,
    /// Where the chosen one stands, or stood.
    place: usize,
    /// The officer has moved away from its first row: until then the first rows are shown, whatever comes.
    is_moved: bool,
    /// After an act of ours the choice went on by itself to a row that the officer has not chosen.
    went_on: bool,
    marks: Marks<Id>,
    /// The first row that is seen.
    top: Cell<usize>,
    /// Rows last drawn, which is what a page is; 0 before it is drawn at all.
    height: Cell<usize>,
}

/// What changed a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cause {
    /// Somebody else's act, or the time.
    Others,
    /// An act of ours about the chosen one.
    Own,
    /// An act of ours that leaves nothing to do about the chosen one.
    Settled,
}

/// One row of a list while it is drawn.
pub struct Row<'a, Id> {
    /// What stands in it.
    pub id: Id,
    /// Its place in the list, from 0.
    pub place: usize,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Its line, still empty; the chosen one's is marked from edge to edge.
    pub line: Line<'a>,
    /// The style of what is written in it.
    pub style: Style,
}

impl<Id> Default for List<Id> {
    fn default() -> List<Id> {
        List {
            ids: Vec::new(),
            chosen: None,
            place: 0,
            is_moved: false,
            went_on: false,
            marks: Marks::default(),
            top: Cell::new(0),
            height: Cell::new(0),
        }
    }
}

impl<Id: Copy + Eq> List<Id> {
    /// Takes the ids as they are now. Whoever was chosen stays chosen while they are seen; if they are gone by our own act
    /// (`is_own`), the next is chosen; otherwise nobody is until the officer moves.
    pub fn refresh(&mut self, ids: Vec<Id>, is_own: impl Fn(Id) -> bool) {
        let cause = match self.chosen {
            Some(chosen) if is_own(chosen) && ids.contains(&chosen) => Cause::Own,
            Some(chosen) if is_own(chosen) => Cause::Settled,
            Some(_) | None => Cause::Others,
        };
        self.take(ids, cause);
    }

    /// Takes the ids as they are now, after an act of ours that leaves nothing to do about the chosen one: the next is chosen.
    pub fn refresh_and_go_on(&mut self, ids: Vec<Id>) {
        self.take(ids, Cause::Settled);
    }

    /// Takes other ids, of which the first is chosen.
    pub fn restart(&mut self, ids: Vec<Id>) {
        self.ids = ids;
        self.marks.keep(&self.ids);
        self.choose(0);
        self.is_moved = false;
        self.top.set(0);
    }

    /// The same, but `id` is chosen if it is there, as though the officer had moved to it.
    pub fn restart_at(&mut self, ids: Vec<Id>, id: Option<Id>) {
        self.restart(ids);
        if let Some(id) = id.filter(|id| self.ids.contains(id)) {
            self.choose_id(id);
            self.is_moved = true;
        }
    }

    /// Takes other ids, of which none is chosen until the officer moves: the first step chooses the first.
    pub fn restart_at_none(&mut self, ids: Vec<Id>) {
        self.restart(ids);
        self.chosen = None;
    }

    fn take(&mut self, ids: Vec<Id>, cause: Cause) {
        let before = std::mem::replace(&mut self.ids, ids);
        self.marks.keep(&self.ids);
        if before.is_empty() && self.chosen.is_none() {
            return self.choose(0);
        }
        let place_of = |id: &Id| self.ids.iter().position(|one| one == id);
        let (above, from) = before.split_at(self.place.min(before.len()));
        let others = |id: &&Id| cause != Cause::Settled || Some(**id) != self.chosen;
        // Where whoever stands there is now, or the next below who is still there, or the next above.
        let near = from.iter().chain(above.iter().rev()).filter(others).find_map(place_of);
        let stays = self.chosen.as_ref().and_then(place_of);
        let top = self.top_that_keeps_view(&before, stays);
        self.top.set(top);
        match (cause, stays, near) {
            (Cause::Settled, _, Some(place)) => {
                self.choose(place);
                self.went_on = true;
            }
            (Cause::Own | Cause::Settled, Some(place), _) => self.place = place,
            (Cause::Others, Some(place), _) if self.is_seen(place) => self.place = place,
            (Cause::Others | Cause::Own | Cause::Settled, _, near) => {
                self.chosen = None;
                self.place = near.filter(|place| self.is_seen(*place)).unwrap_or(top);
            }
        }
    }

    /// The first row to be seen, so that the rows that are seen stay where they are: most of them, or the chosen one, which `stays` at a
    /// place.
    fn top_that_keeps_view(&self, before: &[Id], stays: Option<usize>) -> usize {
        let (top, height) = (self.top.get(), self.height.get());
        let seen = before.iter().enumerate().skip(top).take(height);
        let shift = |(was, id): (usize, &Id)| {
            let place = self.ids.iter().position(|one| one == id)?;
            Some(place.cast_signed() - was.cast_signed())
        };
        let mut shifts: Vec<isize> = seen.filter_map(shift).collect();
        shifts.sort_unstable();
        let most = shifts.get(shifts.len() / 2).copied().unwrap_or_default();
        let of_chosen = stays.map(|place| place.cast_signed() - self.place.cast_signed());
        let shift = of_chosen.filter(|shift| shift.abs_diff(most) <= 1).unwrap_or(most);
        if self.is_moved { self.top_within(top.saturating_add_signed(shift)) } else { 0 }
    }

    /// `top`, or the last row from which the list fills its height.
    fn top_within(&self, top: usize) -> usize {
        top.min(self.ids.len().saturating_sub(self.height.get().max(1)))
    }

    fn is_seen(&self, place: usize) -> bool {
        let (top, height) = (self.top.get(), self.height.get());
        height == 0 || (top..top + height).contains(&place)
    }

    /// Whether the choice went on by itself, to a row that nobody has chosen.
    pub fn went_on(&self) -> bool {
        self.went_on
    }

    /// The row to which the choice went on by itself is the one that is meant.
    pub fn confirm(&mut self) {
        self.went_on = false;
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
        self.went_on = false;
    }

    /// Choose `id`, if it is there.
    pub fn choose_id(&mut self, id: Id) {
        if let Some(place) = self.ids.iter().position(|one| *one == id) {
            self.choose(place);
        }
    }

    /// Choose `id`, if it is there, as a row that the officer has not chosen.
    pub fn go_on_to(&mut self, id: Id) {
        self.choose_id(id);
        self.went_on = self.chosen == Some(id);
    }

    /// Move; opening is the room's own affair.
    pub fn go(&mut self, action: Action) {
        let page = self.height.get().max(1);
        let last = self.ids.len().saturating_sub(1);
        self.is_moved = action != Action::First;
        // With nobody chosen the first step lands where the last one stood, rather than beyond it.
        let (step, before) = (usize::from(self.chosen.is_some()), self.place);
        match action {
            Action::Down => self.choose(self.place + step),
            Action::Up => self.choose(self.place.saturating_sub(1)),
            Action::First => self.choose(0),
            Action::Last => self.choose(last),
            Action::PageDown => self.choose(self.place + page),
            Action::PageUp => self.choose(self.place.saturating_sub(page)),
            Action::Open => {}
        }
        self.mark_as_moved(before);
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

    /// Draw the rows that are seen, each by `draw_row`.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas<'_>, mut draw_row: impl FnMut(Row<'_, Id>)) {
        let (theme, is_paper, height) = (canvas.theme, canvas.is_paper, usize::from(area.height));
        let shown = if is_paper { 0..height.min(self.len()) } else { self.window(height) };
        for (line, place) in shown.enumerate() {
            let Some(id) = self.ids.get(place).copied() else { continue };
            let chosen = self.chosen == Some(id) && !is_paper;
            let style = canvas.row_style(chosen);
            let line = Line::filled(canvas.buffer, area, line, style, theme);
            let mut row = Row { id, place, chosen, line, style };
            if !is_paper {
                self.draw_mark(&mut row, theme);
            }
            draw_row(row);
        }
        canvas.unseen = match canvas.is_paper {
            true => Unseen { above: 0, below: self.len().saturating_sub(height) },
            false => self.unseen(),
        };
    }

    /// The rows to draw in `height` lines. Where the chosen one is not among those that were, a page further: moving redraws two
    /// rows and not the list.
    pub fn window(&self, height: usize) -> Range<usize> {
        self.height.set(height);
        let top = self.top_within(self.top.get());
        let top = match self.chosen {
            Some(_) if self.place < top => (self.place + 1).saturating_sub(height),
            Some(_) if self.place >= top + height => self.top_within(self.place),
            Some(_) | None => top,
        };
        self.top.set(top);
        top..(top + height).min(self.ids.len())
    }

    /// The rows that were not seen when it was last drawn.
    pub fn unseen(&self) -> Unseen {
        let (above, height) = (self.top.get(), self.height.get());
        Unseen { above, below: self.ids.len().saturating_sub(above + height) }
    }
}
