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
pub fn title(whose: RegisterRef, session: Session, context: &ViewContext) -> String {
    let name = whose.name(&context.day);
    let group = match whose {
        RegisterRef::Group(group) => group,
        RegisterRef::Lesson(_) => {
            let members = whose.members(&context.day);
            let marked = members.iter().filter(|id| mark(whose, session, context, **id).is_some()).count();
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
pub fn mark(whose: RegisterRef, session: Session, context: &ViewContext, pupil: PupilId) -> Option<Mark> {
    match whose {
        RegisterRef::Group(_) => context.day.mark(pupil, session).settled,
        RegisterRef::Lesson(id) => context.day.lesson_marks_of(pupil).iter().find(|one| one.lesson == id)?.mark,
    }
}

/// Draw the list inside its border.
pub fn draw(list: &List<PupilId>, whose: RegisterRef, session: Session, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    list.draw(area, 0, canvas, |mut row| {
        let Some(pupil) = context.pupil(row.id) else { return };
        let style = row.bar(theme);
        let name = row.line.room().saturating_sub(14);
        row.line.column(&pupil.list_name(), name, style).skip(1);
        match mark(whose, session, context, row.id) {
            Some(mark) => row.line.column(&short(Some(mark)), 6, style),
            None => row.line.text("blank", style.patch(theme.overdue)),
        };
    });
}
