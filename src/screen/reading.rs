//! What is read and not written: text that scrolls.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::dialog::Hint;
use super::text::Line;
use super::theme::Theme;
use crate::keys::{Key, Keymap};

crate::actions! {
    /// What keys mean while something is read.
    pub Action in "card" {
        Down "down" "one line down";
        Up "up" "one line up";
        PageDown "page-down" "a page down";
        PageUp "page-up" "a page up";
        Close "close" "close";
    }
}

/// How far a text is scrolled.
#[derive(Debug)]
pub struct Reading {
    keys: Keymap<Action>,
    top: usize,
    /// Lines last drawn, and lines there were.
    page: std::cell::Cell<(usize, usize)>,
}

/// One line of a text: pieces, each with its style.
pub type TextLine = Vec<(String, Style)>;

impl Reading {
    /// From the top.
    pub fn new(keys: Keymap<Action>) -> Reading {
        Reading { keys, top: 0, page: std::cell::Cell::new((1, 0)) }
    }

    /// Hear a key: what it meant.
    pub fn heard(&mut self, key: Key) -> Option<Action> {
        let action = self.keys.get(key)?;
        let (height, lines) = self.page.get();
        let last = lines.saturating_sub(height);
        self.top = match action {
            Action::Down => self.top + 1,
            Action::Up => self.top.saturating_sub(1),
            Action::PageDown => self.top + height,
            Action::PageUp => self.top.saturating_sub(height),
            Action::Close => self.top,
        }
        .min(last);
        Some(action)
    }

    /// Draw the lines that show.
    pub fn draw(&self, lines: &[TextLine], area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let height = usize::from(area.height);
        self.page.set((height, lines.len()));
        let top = self.top.min(lines.len().saturating_sub(height));
        for (row, pieces) in lines.iter().skip(top).take(height).enumerate() {
            let mut line = Line::new(buffer, area, row, theme);
            for (text, style) in pieces {
                line.text(text, *style);
            }
        }
    }

    /// The keys, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        let hint = |action, does: &str| (self.keys.first_key(action).unwrap_or_default(), does.to_owned());
        vec![hint(Action::Close, "close"), hint(Action::Down, "down"), hint(Action::Up, "up")]
    }
}
