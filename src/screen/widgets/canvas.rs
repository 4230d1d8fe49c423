//! What is drawn on and what is drawn from, in one: the buffer, the day, and how things look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::Line;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;

/// Where a part of the screen is drawn.
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// The day as it is now.
    pub context: &'a ViewContext,
    /// How meanings look.
    pub theme: &'a Theme,
}

impl Canvas<'_> {
    /// The `row`th line of `area`, to be written.
    pub fn line(&mut self, area: Rect, row: usize) -> Line<'_> {
        Line::new(self.buffer, area, row, self.theme)
    }
}
