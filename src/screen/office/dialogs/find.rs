//! Find: type part of a name, initials, tutor group or number; Enter opens the card.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::keys::Key;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::scene::Scene;
use crate::screen::theme::Theme;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::picker::{Picked, Picker, SharedFinder};

/// Finding a pupil.
pub struct Find {
    typing: SharedTyping,
    picker: Picker,
}

impl Find {
    /// Nothing typed yet.
    pub fn new(typing: SharedTyping, finder: SharedFinder, scene: &Scene) -> Find {
        Find { picker: Picker::new(typing.clone(), finder, scene, None), typing }
    }
}

impl Dialog for Find {
    fn title(&self, _: &Scene) -> String {
        "Find a pupil".to_owned()
    }

    fn size(&self, _: &Scene) -> (u16, u16) {
        (56, 16)
    }

    fn heard(&mut self, key: Key, _: &Scene) -> Outcome {
        match self.picker.heard(key) {
            Picked::Nothing => Outcome::Nothing,
            Picked::Pupil(id) => Outcome::Open(Ask::Card(id)),
            Picked::Close => Outcome::Close,
        }
    }

    fn paste(&mut self, text: &str, _: &Scene) {
        self.picker.paste(text);
    }

    fn refresh(&mut self, scene: &Scene) {
        self.picker.refresh(scene);
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        self.picker.draw(area, buffer, scene, theme)
    }

    fn hints(&self) -> Vec<Hint> {
        vec![
            self.typing.hint(Action::Save, "open the card"),
            self.typing.hint(Action::Next, "next"),
            self.typing.hint(Action::Close, "close"),
        ]
    }
}
