//! What is drawn on and what is drawn from, in one: the buffer, the day, and how things look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text::Line;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;

/// How many rows of a list are not seen.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Unseen {
    /// Above those that are.
    pub above: usize,
    /// Below them.
    pub below: usize,
}

impl Unseen {
    /// "↑ 12" and "↓ 25"; empty where there are none.
    pub fn describe(self, theme: &Theme) -> [String; 2] {
        let counted = |symbol: &str, rows: usize| if rows > 0 { format!("{symbol} {rows}") } else { String::new() };
        [counted(theme.symbols.above, self.above), counted(theme.symbols.below, self.below)]
    }
}

/// Where a part of the screen is drawn.
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// The day as it is now.
    pub context: &'a ViewContext,
    /// How meanings look.
    pub theme: &'a Theme,
    /// What is drawn handles keys: the chosen row of a pane that does not is only remembered.
    pub focused: bool,
    /// The rows of its list that are not seen: the frame around it says how many.
    pub unseen: Unseen,
    /// It is a sheet of paper: nothing is chosen or scrolled on it, and what it cannot hold is counted in `unseen`.
    pub is_paper: bool,
}

impl<'a> Canvas<'a> {
    /// A canvas of what handles keys, with no list on it yet.
    pub fn new(buffer: &'a mut Buffer, context: &'a ViewContext, theme: &'a Theme) -> Canvas<'a> {
        Canvas { buffer, context, theme, focused: true, unseen: Unseen::default(), is_paper: false }
    }

    /// The style of a row of a list. What is due keeps its own upon it.
    pub fn row_style(&self, chosen: bool) -> Style {
        match (chosen, self.focused) {
            (true, true) => self.theme.chosen,
            (true, false) => self.theme.remembered,
            (false, _) => self.theme.plain,
        }
    }

    /// The `row`th line of `area`, to be written.
    pub fn line(&mut self, area: Rect, row: usize) -> Line<'_> {
        Line::new(self.buffer, area, row, self.theme)
    }
}
