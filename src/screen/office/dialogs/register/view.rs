//! A register as it is read.

use ratatui::layout::Rect;

use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::domain::register::register_ref::RegisterRef;
use crate::screen::view_context::{ViewContext, short};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::list::List;

/// "9BW AM, taken 08:52 by Mr Webb".
pub fn title(register: RegisterRef, session: Session, context: &ViewContext) -> String {
    let name = register.name(&context.day);
    let group = match register {
        RegisterRef::Group(group) => group,
        RegisterRef::Lesson(_) => {
            let members = register.members(&context.day);
            let marked = members.iter().filter(|id| mark(register, session, context, **id).is_some()).count();
            return format!("{name}, {marked} of {} marked", members.len());
        }
    };
    let taken = context.day.register(group, session).and_then(|register| register.taken.as_ref());
    match taken {
        Some(taken) => format!("{name} {session}, taken {} by {}", taken.at.format("%H:%M"), taken.by),
        None => format!("{name} {session}, not taken"),
    }
}

/// The mark that stands in the register: in a lesson's the lesson's own.
pub fn mark(register: RegisterRef, session: Session, context: &ViewContext, pupil: PupilId) -> Option<Mark> {
    match register {
        RegisterRef::Group(_) => context.day.mark(pupil, session).settled,
        RegisterRef::Lesson(id) => context.day.lesson_marks_of(pupil).iter().find(|one| one.lesson == id)?.mark,
    }
}

/// Draw the list inside its border.
pub fn draw(list: &List<PupilId>, register: RegisterRef, session: Session, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    list.draw(area, canvas, |mut row| {
        let Some(pupil) = context.pupil(row.id) else { return };
        let style = row.bar(theme);
        let name = row.line.room().saturating_sub(14);
        row.line.name(&context.roll().telling_name(pupil), name, style).skip(1);
        match mark(register, session, context, row.id) {
            Some(mark) => row.line.column(&short(Some(mark)), 6, style),
            None => row.line.text("blank", style.patch(theme.overdue)),
        };
    });
}
