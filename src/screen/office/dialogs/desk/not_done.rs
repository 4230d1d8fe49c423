//! What of an act about several was not done, and why: where it is more than the foot of the screen can say.

use ratatui::layout::{Position, Rect};

use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::reading::{Action, Reading, TextLine};

/// What was not done, a line each.
pub struct NotDone {
    reading: Reading,
    lines: Vec<String>,
}

impl NotDone {
    /// From the top.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, lines: Vec<String>) -> NotDone {
        NotDone { reading: Reading::new(keys, typing), lines }
    }
}

impl Dialog for NotDone {
    fn title(&self, _: &ViewContext) -> String {
        format!("Not done: {}; the others are", self.lines.len())
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (100, u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.reading.handle_key(key) {
            Some(Action::Close) => Outcome::Close,
            _ => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.reading.paste(text);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let style = canvas.theme.plain;
        let lines: Vec<TextLine> = self.lines.iter().map(|line| vec![(line.clone(), style)]).collect();
        self.reading.draw(&lines, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        self.reading.hints()
    }
}
