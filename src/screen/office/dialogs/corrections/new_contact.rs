//! Somebody who may be contacted, and whom the system has not yet.

use ratatui::layout::{Position, Rect};

use crate::domain::act::AddContact;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};

/// The fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Who,
    Relationship,
    Number,
    Email,
    Note,
    Order,
}

/// A new contact of one pupil.
pub struct NewContact {
    typing: SharedTyping,
    pupil: PupilId,
    form: Form<Name>,
}

impl NewContact {
    /// With nothing typed yet.
    pub fn new(typing: SharedTyping, pupil: PupilId) -> NewContact {
        let entry = |name, label, row, columns| Entry { name, label, row, columns, field: Field::default() };
        let entries = [
            entry(Name::Who, "Name", 0, 30),
            entry(Name::Relationship, "Relation", 1, 20),
            entry(Name::Number, "Number", 2, 20),
            entry(Name::Email, "E-mail", 3, 36),
            entry(Name::Note, "Note", 4, 48),
            entry(Name::Order, "Place", 5, 4),
        ];
        NewContact { typing, pupil, form: Form::new(10, entries) }
    }

    fn save(&mut self) -> Outcome {
        let text = |name| clean(self.form.text(name));
        let order = match self.form.filled(Name::Order).map(|order| order.parse::<usize>()) {
            None => None,
            Some(Ok(order)) => Some(order),
            Some(Err(_)) => {
                return self.form.reject(Name::Order, "The place in the calling order is a number, or left empty.");
            }
        };
        if self.form.filled(Name::Who).is_none() {
            return self.form.reject(Name::Who, "Say who the contact is.");
        }
        Outcome::Do(
            AddContact {
                pupil: self.pupil,
                name: text(Name::Who),
                relationship: text(Name::Relationship),
                number: text(Name::Number),
                email: text(Name::Email),
                note: text(Name::Note),
                order,
            }
            .into(),
        )
    }
}

impl Dialog for NewContact {
    fn title(&self, context: &ViewContext) -> String {
        format!("New contact of {}", context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (64, 8)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => self.save(),
            Entered::Close => Outcome::Close,
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.form.paste(text);
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        canvas.line(area, 7).text("Kept until your system brings them.", theme.dim);
        self.form.draw(area, canvas, |name, line| {
            let hint = match name {
                Name::Who => "as addressed",
                Name::Order => "in the calling order; empty: last",
                Name::Relationship | Name::Number | Name::Email | Name::Note => "",
            };
            line.skip(1).text(hint, theme.dim);
        })
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "save"), (Action::Next, "the next field"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
