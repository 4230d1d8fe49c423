//! Draws the marks that have stood at N, and below them what is asked about one or all of them.

use hashbrown::HashSet;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use super::{Name, Settling, UnresolvedList};
use crate::domain::absence::unresolved::UnresolvedN;
use crate::domain::counted::counted;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::grades::Grades;
use crate::screen::widgets::text::Line;

/// Lines below the list: an empty one, what is asked, and the answer.
const BELOW: u16 = 3;

/// Columns of what is asked: "How many", and one free.
pub const BEHIND: u16 = 9;

/// Draw it; says where the cursor belongs.
pub fn draw(dialog: &UnresolvedList, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    if dialog.rows.is_empty() {
        canvas.line(area, 0).text("No mark stands at N.", theme.dim);
        return None;
    }
    let asks = dialog.settling.is_open() || dialog.correcting.is_some();
    let below = Constraint::Length(if asks { BELOW } else { 0 });
    let [list, asked] = Layout::vertical([Constraint::Fill(1), below]).areas(area);
    let grades = Grades::new(theme, dialog.rows.iter().map(UnresolvedN::is_overdue));
    dialog.list.draw(list, canvas, |row| {
        if let Some(one) = dialog.rows.get(row.place) {
            let styles = [row.style, grades.of(row.place)];
            draw_row(one, row.line, context, styles);
        }
    });
    draw_asked(dialog, asked, canvas)
}

/// The name gives way first; then the last call goes.
fn draw_row(one: &UnresolvedN, mut line: Line<'_>, context: &ViewContext, [style, age]: [Style; 2]) {
    let Some(pupil) = context.pupil(one.pupil) else { return };
    let until = one.deadline.map(|date| format!("until {}", date.format("%a %-d %b"))).unwrap_or_default();
    let call = if line.room() >= 90 { 24 } else { 0 };
    let name = line.room().saturating_sub(6 + 15 + 14 + 18 + 1 + call).max(8);
    line.name(&context.roll().name_in_group(pupil), name, style).skip(1);
    line.column(context.roll().group_name(pupil), 6, style).column(&one.at.to_string(), 15, style);
    line.column(&one.describe(), 12, age).skip(2).column(&until, 16, style).skip(2);
    if call > 0 {
        let last = context.day.calls_about(one.pupil).last();
        let text = last.map(|call| format!("rung {} {}", call.at.format("%H:%M"), call.outcome.describe()));
        line.column(&text.unwrap_or_else(|| "not rung today".to_owned()), call, style);
    }
}

fn draw_asked(dialog: &UnresolvedList, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    let named = |marks: &[UnresolvedN]| match marks {
        [one] => format!("{} {}", context.roll().name_and_group(one.pupil), one.at),
        several => marks_of_pupils(several),
    };
    if let Some(asked) = &dialog.correcting {
        let code = context.code_row(asked.form.text(Name::Code));
        let meaning = code.map(|row| format!(": {}", row.meaning)).unwrap_or_default();
        canvas.line(area, 0).text(&format!("{}{meaning}", named(&asked.marks)), theme.title);
        return asked.form.draw(area, canvas, |_, _| {});
    }
    let text = match dialog.settling.of()? {
        Settling::These(marks) => format!("Settle {} to O", named(marks)),
        Settling::All(late) => {
            let (n, are) = (late.len(), if late.len() == 1 { "is past its" } else { "are past their" });
            format!("{} {are} deadline: type {n} to settle to O", marks_of_pupils(late))
        }
    };
    canvas.line(area, 1).text(&text, theme.title);
    dialog.settling.draw(area.rows().nth(2)?, BEHIND, theme.plain, canvas)
}

/// "3 marks of 2 pupils".
fn marks_of_pupils(marks: &[UnresolvedN]) -> String {
    let pupils = marks.iter().map(|one| one.pupil).collect::<HashSet<_>>().len();
    format!("{} of {}", counted(marks.len(), "mark"), counted(pupils, "pupil"))
}
