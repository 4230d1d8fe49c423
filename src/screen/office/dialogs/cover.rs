//! Saying who covers a register, and where.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Cover};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::people::pupil::GroupId;
use crate::domain::register::register_ref::{RegisterRef, tutor};
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::text::Line;

/// Who takes a register today, and where.
pub struct CoverCard {
    typing: SharedTyping,
    group: GroupId,
    /// The one it was opened in, though the clock may turn to the next.
    session: Session,
    teacher: Field,
    room: Field,
    in_room: bool,
}

impl CoverCard {
    /// What is known already is offered, to be kept or typed over.
    pub fn new(typing: SharedTyping, group: GroupId, context: &ViewContext) -> CoverCard {
        let session = context.session();
        let register = context.day.register(group, session);
        let offered = |text: Option<&String>| text.map_or_else(Field::default, |text| Field::offering(text));
        let teacher = offered(register.and_then(|register| register.cover.as_ref()));
        let room = offered(register.and_then(|register| register.room.as_ref()));
        CoverCard { typing, group, session, teacher, room, in_room: false }
    }

    fn field(&mut self) -> &mut Field {
        if self.in_room { &mut self.room } else { &mut self.teacher }
    }

    fn save(&self, context: &ViewContext) -> Outcome {
        let said = |field: &Field| Some(field.text().trim().to_owned()).filter(|text| !text.is_empty());
        let (teacher, room) = (said(&self.teacher), said(&self.room));
        let register = context.day.register(self.group, self.session);
        let is_covered = register.is_some_and(|register| register.cover.is_some() || register.room.is_some());
        if teacher.is_none() && room.is_none() && !is_covered {
            return Outcome::Say("Type who covers, or in which room.".to_owned());
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

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.save(context),
            Some(Action::Close) => return Outcome::Close,
            Some(Action::Next | Action::Previous) => self.in_room = !self.in_room,
            None => {
                let typing = self.typing.clone();
                self.field().heard(key, &typing.field);
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.field().paste(text);
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        let usual = context.roll().group(self.group).and_then(|group| group.room.clone());
        let usual: Vec<String> = tutor(&context.day, self.group).into_iter().chain(usual).collect();
        Line::new(buffer, area, 0, theme).text("Teacher", theme.plain);
        Line::new(buffer, area, 1, theme).text("Room", theme.plain);
        let says = format!("Left empty: {}, as usual", usual.join(", "));
        let says = if usual.is_empty() { "Left empty: as usual" } else { &says };
        Line::new(buffer, area, 3, theme).text(says, theme.dim);
        let line = |row: u16, width: u16| Rect { x: area.x + 9, y: area.y + row, width, height: 1 }.intersection(area);
        let teacher = self.teacher.draw(line(0, 30), buffer, theme);
        let room = self.room.draw(line(1, 12), buffer, theme);
        if self.in_room { room } else { teacher }
    }

    fn hints(&self) -> Vec<Hint> {
        vec![
            self.typing.hint(Action::Save, "save"),
            self.typing.hint(Action::Next, "teacher or room"),
            self.typing.hint(Action::Close, "close"),
        ]
    }
}
