//! One line of text being typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea};
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use crate::domain::name::clean;
use crate::keys::{Key, Keymap};
use crate::screen::theme::Theme;

crate::actions! {
    /// What keys mean where you type.
    pub Action in typed "field" {
        Left "left" "one letter left";
        Right "right" "one letter right";
        Start "start" "to the start";
        End "end" "to the end";
        Backspace "backspace" "delete the letter before";
        Delete "delete" "delete the letter under the cursor";
        DeleteWord "delete-word" "delete the word before";
        Clear "clear" "delete everything before";
    }
}

/// One line of text being typed.
#[derive(Debug, Default)]
pub struct Field {
    area: TextArea<'static>,
    /// What it holds was offered: the first letter typed takes its place, any other key keeps it.
    offered: bool,
    /// What was last typed or pasted found no room, and was not taken.
    full: bool,
}

/// The most letters of one line: a long message.
const MOST: usize = 4000;
/// What is said where there is no room for more.
const FULL: &str = " no room for more";

impl Field {
    /// A field that holds `text` already, the cursor behind it.
    pub fn holding(text: &str) -> Field {
        let mut field = Field::default();
        field.paste(text);
        field
    }

    /// A field that offers `text`, to be kept or typed over.
    pub fn offering(text: &str) -> Field {
        Field { offered: true, ..Field::holding(text) }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Whether what it holds was offered and has not been touched.
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// Offer `text` in place of what is there.
    pub fn offer(&mut self, text: &str) {
        *self = Field::offering(text);
    }

    /// Text pasted: made safe, in one line.
    pub fn paste(&mut self, text: &str) {
        let text = clean(text);
        if self.has_room(&text) {
            self.type_over();
            self.area.insert_str(text);
        }
    }

    /// Whether there is room for this as well; that there is none is shown until the next key.
    fn has_room(&mut self, more: &str) -> bool {
        let there = if self.offered { 0 } else { self.text().chars().count() };
        self.full = there + more.chars().count() > MOST;
        !self.full
    }

    /// Handle a key: whether it was typing.
    pub fn handle_key(&mut self, key: Key, keys: &Keymap<Action>) -> bool {
        if let Some(action) = keys.get(key) {
            (self.offered, self.full) = (false, false);
            match action {
                Action::Left => self.area.move_cursor(CursorMove::Back),
                Action::Right => self.area.move_cursor(CursorMove::Forward),
                Action::Start => self.area.move_cursor(CursorMove::Head),
                Action::End => self.area.move_cursor(CursorMove::End),
                Action::Backspace => drop(self.area.delete_char()),
                Action::Delete => drop(self.area.delete_next_char()),
                Action::DeleteWord => drop(self.area.delete_word()),
                Action::Clear => drop(self.area.delete_line_by_head()),
            }
            return true;
        }
        let Some(letter) = key.character().filter(|letter| !letter.is_control()) else { return false };
        if self.has_room(letter.encode_utf8(&mut [0; 4])) {
            self.type_over();
            self.area.insert_char(letter);
        }
        true
    }

    fn type_over(&mut self) {
        if std::mem::take(&mut self.offered) {
            self.area = TextArea::default();
        }
    }

    /// Draw it behind its label, `columns` from the edge of the line; says where the terminal's cursor belongs.
    pub fn draw_behind(
        &self,
        (label, style): (&str, Style),
        columns: u16,
        line: Rect,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        canvas.line(line, 0).text(label, style);
        let [_, rest] = Layout::horizontal([Constraint::Length(columns), Constraint::Fill(1)]).areas(line);
        self.draw(rest, canvas.buffer, canvas.theme)
    }

    /// Draw the text in one line, scrolled so that the cursor shows; says where the terminal's cursor belongs.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let room = usize::from(area.width).saturating_sub(1);
        let before: String = self.text().chars().take(self.area.cursor().1).collect();
        let mut skipped = 0;
        let mut shown = before.as_str();
        while shown.width() > room {
            let first = shown.chars().next().map_or(1, char::len_utf8);
            skipped += first;
            shown = shown.get(first..).unwrap_or_default();
        }
        let text = self.text().get(skipped..).unwrap_or_default();
        buffer.set_style(area, theme.field);
        buffer.set_stringn(area.x, area.y, text, area.width.into(), theme.field);
        if self.full {
            let full = u16::try_from(FULL.len()).unwrap_or(0).min(area.width);
            buffer.set_stringn(area.right().saturating_sub(full), area.y, FULL, full.into(), theme.refused);
        }
        let column = u16::try_from(shown.width()).unwrap_or(0);
        Some(Position::new(area.x.saturating_add(column).min(area.right().saturating_sub(1)), area.y))
    }
}
