//! Another day, by its date: what is meant is said while it is typed, and shown only when it is one day.

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use crate::domain::calendar::any_day::{WRITTEN, told, typed_day};
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::text::wrapped;

/// Typing a date.
pub struct GoToDay {
    typing: SharedTyping,
    field: Field,
}

impl GoToDay {
    /// Nothing typed yet.
    pub fn new(typing: SharedTyping) -> GoToDay {
        GoToDay { typing, field: Field::default() }
    }

    fn meant(&self, context: &ViewContext) -> Result<NaiveDate, String> {
        typed_day(self.field.text(), context.now.date(), &context.roll().calendar)
    }
}

impl Dialog for GoToDay {
    fn title(&self, _: &ViewContext) -> String {
        "Another day".to_owned()
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (60, 4)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => self.meant(context).map_or_else(Outcome::Notice, Outcome::ShowDay),
            Some(Action::Close) => Outcome::Close,
            Some(Action::Next | Action::Previous) => Outcome::Nothing,
            None => {
                self.field.handle_key(key, &self.typing.field);
                Outcome::Nothing
            }
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.field.paste(text);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let cursor = self.field.draw_behind(("Day  ", theme.plain), 5, area, canvas);
        let (text, style) = match self.meant(context) {
            _ if self.field.text().trim().is_empty() => (format!("Such as {WRITTEN}."), theme.dim),
            Ok(date) => (format!("{}.", told(date, context.now.date())), theme.title),
            Err(why) => (why, theme.overdue),
        };
        for (row, line) in wrapped(&text, area.width, 3).iter().enumerate() {
            canvas.line(area, row + 1).text(line, style);
        }
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        self.typing.dialog.hints(&[(Action::Save, "show that day"), (Action::Close, "close")])
    }
}
