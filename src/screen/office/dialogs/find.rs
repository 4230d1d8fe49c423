//! Find: type part of a name, initials, tutor group or number; Enter opens the card. Whoever has left is found too.

use ratatui::layout::{Position, Rect};

use crate::keys::Key;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::picker::{Picker, SharedFinder};

/// Finding a pupil.
pub struct Find {
    typing: SharedTyping,
    picker: Picker,
}

impl Find {
    /// Nothing typed yet.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext) -> Find {
        Find { picker: Picker::new(typing.clone(), finder, context, None).of_everybody(), typing }
    }
}

impl Dialog for Find {
    fn title(&self, _: &ViewContext) -> String {
        "Find a pupil".to_owned()
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (56, 16)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        // Whoever is not found may be new.
        if self.picker.finds_nobody() && self.typing.dialog.get(key) == Some(Action::Save) {
            return Outcome::Open(Ask::Joiner);
        }
        self.picker.handle_key(key, |id| Outcome::Open(Ask::Card(id)))
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.picker.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.picker.refresh(context);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        self.picker.draw(area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let save = if self.picker.finds_nobody() { "put a joiner down" } else { "open the card" };
        let hints = [(Action::Save, save), (Action::Next, "next"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
