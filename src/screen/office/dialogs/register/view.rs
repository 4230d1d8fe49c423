//! A register as it is read: each pupil's marks of the day, and why.

use ratatui::layout::Rect;

use crate::domain::calendar::session::Session;
use crate::domain::day::Timelines;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::lesson::period_word;
use crate::domain::people::pupil::PupilId;
use crate::domain::register::register_ref::RegisterRef;
use crate::screen::view_context::{ViewContext, short};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::filtered_list::split_first;
use crate::screen::widgets::list::List;
use crate::screen::widgets::text::width;

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
        Some(taken) => {
            let form = if taken.at.date() == context.day.date { "%H:%M" } else { "%a %-d %b %H:%M" };
            format!("{name} {session}, taken {} by {}", taken.at.format(form), taken.by)
        }
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

/// Columns it would like: as many as there are.
pub const WIDTH: u16 = 116;
/// Columns of a mark; of a name at most, and where there is little room.
const MARK: u16 = 6;
const NAME: u16 = 30;
const SHORT_NAME: u16 = 22;
/// Columns between a name and its marks.
const GAP: u16 = 2;
/// The least width at which a name has all the columns that it needs.
const WIDE: u16 = 88;

/// A pupil who stands in it.
pub struct Row {
    /// Who.
    pub pupil: PupilId,
    /// The mark that stands in it: in a lesson's the lesson's own.
    pub mark: Option<Mark>,
    /// Why the session's mark is as it is.
    why: String,
}

impl Row {
    /// As the day has it.
    pub fn of(pupil: PupilId, register: RegisterRef, session: Session, context: &ViewContext) -> Row {
        let day = &context.day;
        let line = context.pupil(pupil).map(|known| Timelines::of_one(day, pupil).of(known));
        let stands = day.mark(pupil, session).settled;
        let why = line.map(|line| line.why_beside(session, stands)).unwrap_or_default();
        Row { pupil, mark: mark(register, session, context, pupil), why }
    }
}

/// Draw the list inside its border: the register's own mark, the marks of the day, and why.
pub fn draw(
    list: &List<PupilId>,
    rows: &[Row],
    (register, session): (RegisterRef, Session),
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let Canvas { context, theme, .. } = *canvas;
    let [head, below] = split_first(area);
    let lesson = match register {
        RegisterRef::Group(_) => None,
        RegisterRef::Lesson(id) => context.day.lesson(id).map(|lesson| period_word(&lesson.period)),
    };
    let sessions = context.day.sessions();
    let columns = MARK * u16::try_from(sessions.len() + usize::from(lesson.is_some())).unwrap_or(0);
    // What no name needs, the reasons have.
    let named = |row: &Row| context.pupil(row.pupil).map(|pupil| context.roll().telling_name(pupil).to_string());
    let longest = rows.iter().filter_map(named).map(|name| width(&name)).max().unwrap_or(0);
    let name = longest.min(if area.width >= WIDE { NAME } else { SHORT_NAME });
    let name = name.min(area.width.saturating_sub(columns + GAP));
    let mut line = canvas.line(head, 0);
    line.skip(name + GAP);
    for text in lesson.iter().map(String::as_str).chain(sessions.iter().map(|one| one.as_str())) {
        line.column(text, MARK, theme.dim);
    }
    line.text("why", theme.dim);
    list.draw(below, canvas, |mut drawn| {
        let row = rows.get(drawn.place).filter(|row| row.pupil == drawn.id);
        let Some((row, pupil)) = row.zip(context.pupil(drawn.id)) else { return };
        let style = drawn.style;
        let is_own = |of: Session| lesson.is_none() && of == session;
        let blank = ("blank".to_owned(), style.patch(theme.overdue));
        let text = |mark: Option<Mark>, own: bool| match mark {
            None if own => blank.clone(),
            mark => (short(mark), style),
        };
        drawn.line.name(&context.roll().telling_name(pupil), name, style).skip(GAP);
        let of_lesson = lesson.iter().map(|_| text(row.mark, true));
        let of_sessions = sessions.iter().map(|one| text(context.day.mark(row.pupil, *one).settled, is_own(*one)));
        for (text, style) in of_lesson.chain(of_sessions) {
            drawn.line.column(&text, MARK, style);
        }
        let room = drawn.line.room();
        drawn.line.column(&row.why, room, style);
    });
}
