//! Saying who covers a register, and where.

use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Cover};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::people::pupil::GroupId;
use crate::domain::register::register_ref::{RegisterRef, tutor};
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
    Teacher,
    Room,
}

/// Who takes a register today, and where.
pub struct CoverCard {
    typing: SharedTyping,
    group: GroupId,
    /// The one it was opened in, though the clock may turn to the next.
    session: Session,
    form: Form<Name>,
}

impl CoverCard {
    /// What is known already is offered, to be kept or typed over.
    pub fn new(typing: SharedTyping, group: GroupId, context: &ViewContext) -> CoverCard {
        let session = context.session();
        let register = context.day.register(group, session);
        let offered = |text: Option<&String>| text.map_or_else(Field::default, |text| Field::offering(text));
        let teacher = offered(register.and_then(|register| register.cover.as_ref()));
        let room = offered(register.and_then(|register| register.room.as_ref()));
        let entries = [
            Entry { name: Name::Teacher, label: "Teacher", row: 0, columns: 30, field: teacher },
            Entry { name: Name::Room, label: "Room", row: 1, columns: 12, field: room },
        ];
        CoverCard { typing, group, session, form: Form::new(9, entries) }
    }

    fn save(&self, context: &ViewContext) -> Outcome {
        let (teacher, room) = (self.form.filled(Name::Teacher), self.form.filled(Name::Room));
        let register = context.day.register(self.group, self.session);
        let is_covered = register.is_some_and(|register| register.cover.is_some() || register.room.is_some());
        if teacher.is_none() && room.is_none() && !is_covered {
            return Outcome::Notice("Type who covers, or in which room.".to_owned());
        }
        if register.is_some_and(|register| register.cover == teacher && register.room == room) {
            return Outcome::Close;
        }
        let at = SessionDate::new(context.day.date, self.session);
        Outcome::Do(Act::Cover(Cover { group: self.group, at, teacher, room }))
    }
}

impl Dialog for CoverCard {
    fn title(&self, context: &ViewContext) -> String {
        format!("Cover of {} {}", RegisterRef::Group(self.group).name(&context.day), self.session)
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (56, 4)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => self.save(context),
            Entered::Close => Outcome::Close,
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.form.paste(text);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let usual = context.roll().group(self.group).and_then(|group| group.room.clone());
        let usual: Vec<String> = tutor(&context.day, self.group).into_iter().chain(usual).collect();
        let text = format!("Left empty: {}, as usual", usual.join(", "));
        let text = if usual.is_empty() { "Left empty: as usual" } else { &text };
        canvas.line(area, 3).text(text, theme.dim);
        self.form.draw(area, canvas, |_, _| {})
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "save"), (Action::Next, "teacher or room"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
