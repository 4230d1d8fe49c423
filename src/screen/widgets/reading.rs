//! Text that scrolls.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::dialog::Hint;
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
    /// The height last drawn in, the lines shown there, and the lines there were.
    page: std::cell::Cell<(usize, usize, usize)>,
}

/// One line of a text: pieces, each with its style.
pub type TextLine = Vec<(String, Style)>;

impl Reading {
    /// From the top.
    pub fn new(keys: Keymap<Action>) -> Reading {
        Reading { keys, top: 0, page: std::cell::Cell::new((1, 1, 0)) }
    }

    /// Handle a key: what it meant.
    pub fn handle_key(&mut self, key: Key) -> Option<Action> {
        let action = self.keys.get(key)?;
        let (height, page, lines) = self.page.get();
        let last = lines.saturating_sub(height);
        self.top = match action {
            Action::Down => self.top + 1,
            Action::Up => self.top.saturating_sub(1),
            Action::PageDown => self.top + page,
            Action::PageUp => self.top.saturating_sub(page),
            Action::Close => self.top,
        }
        .min(last);
        Some(action)
    }

    /// Draw the lines that show. When more are below, the last line says how many.
    pub fn draw(&self, lines: &[TextLine], area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let height = usize::from(area.height);
        let top = self.top.min(lines.len().saturating_sub(height));
        let more = lines.len() > top + height && height > 2;
        let shown = if more { height - 1 } else { height };
        self.page.set((height, shown, lines.len()));
        for (row, pieces) in lines.iter().skip(top).take(shown).enumerate() {
            let mut line = canvas.line(area, row);
            for (text, style) in pieces {
                line.text(text, *style);
            }
        }
        if more {
            let message = format!("{}{} lines more below", theme.symbols.cut, lines.len() - top - shown);
            canvas.line(area, shown).text(&message, theme.key);
        }
    }

    /// The keys, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let scroll = format!("{} {}", key(Action::Down), key(Action::Up));
        vec![self.keys.hint(Action::Close, "close"), (scroll, "scroll".to_owned())]
    }
}
