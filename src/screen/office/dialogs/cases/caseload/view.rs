//! How the caseload is drawn: a row each, and below them what is known of the chosen one.

use chrono::NaiveDateTime;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use super::{Caseload, sees_cases};
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::duration::overdue;
use crate::domain::cases::caseload::{OnCaseload, Pressing};
use crate::domain::cases::due::Due;
use crate::domain::counted::counted;
use crate::screen::office::dialogs::cases::told::opened;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::grades::Grades;
use crate::screen::widgets::text::{Line, wrapped};

/// Lines kept below the list for the chosen case.
const DETAIL: u16 = 7;
/// Columns of when something is due, of a tutor group and of the attendance.
const WHEN: u16 = 12;
const GROUP: u16 = 6;
const ATTENDANCE: u16 = 8;
/// With so many columns there is an owner in each row; with so many what the case was opened from as well.
const WITH_OWNER: u16 = 96;
const WITH_SOURCE: u16 = 150;

/// Draw it; says where the cursor belongs.
pub fn draw(it: &Caseload, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    let detail = if sees_cases(context) && !canvas.is_paper { DETAIL.min(area.height / 3) } else { 0 };
    let [above, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(detail)]).areas(area);
    let none = match it.rows.is_empty() {
        true => "No case is open, and nothing is due. A case is opened from a trigger, or from a pupil's case file.",
        false => "No case is found so.",
    };
    let shown: Vec<&OnCaseload> =
        it.found.list.ids(0..it.found.list.len()).iter().filter_map(|id| it.row(*id)).collect();
    let is_overdue = |row: &&OnCaseload| row.pressing(context.now) == Some(Pressing::Overdue);
    let grades = Grades::new(theme, shown.iter().map(is_overdue));
    let cursor = it.found.draw_while(it.is_typing, none, above, canvas, |mut drawn| {
        if let Some(row) = it.row(drawn.id) {
            let when = if drawn.chosen { drawn.style } else { grades.of(drawn.place) };
            draw_row(&mut drawn.line, it, row, context, (drawn.style, when));
        }
    });
    if detail > 0
        && let Some(row) = it.found.list.chosen().and_then(|id| it.row(id))
    {
        draw_detail(it, row, below, canvas);
    }
    cursor
}

/// How long it is overdue, when today it is due, or which day it is: "+25m", "+3 days", "today", "10:15", "Fri 27 Nov".
fn when(due: &Due, now: NaiveDateTime) -> String {
    let days = (now.date() - due.on).num_days();
    match (due.pressing(now), due.at, days) {
        (Pressing::Overdue, Some(at), 0) => overdue((now.time() - at).num_minutes()),
        (Pressing::Overdue, _, days) => format!("+{}", counted(usize::try_from(days).unwrap_or(0), "day")),
        (Pressing::Today, Some(at), _) => at.format("%H:%M").to_string(),
        (Pressing::Today, None, _) => "today".to_owned(),
        (Pressing::Later, ..) => named(due.on, now.date()),
    }
}

fn draw_row(
    line: &mut Line<'_>,
    it: &Caseload,
    row: &OnCaseload,
    context: &ViewContext,
    (style, pressing): (Style, Style),
) {
    let Some(pupil) = context.pupil(row.pupil) else { return };
    let room = line.room();
    let sees = sees_cases(context);
    let (name, stage) = if room >= WITH_OWNER { (26, 18) } else { (20, 14) };
    if sees {
        let text = row.first().map(|due| when(due, context.now)).unwrap_or_default();
        line.bar(&text, WHEN, if row.due.is_empty() { style } else { pressing });
    }
    line.bar_name(&context.roll().name_in_group(pupil), name, style);
    line.bar(context.roll().group_name(pupil), GROUP, style);
    line.bar(row.case.as_ref().map_or("no case", |case| case.stage.as_str()), stage, style);
    if !sees {
        return;
    }
    let attendance = it.attendance.get(&row.pupil);
    let (tenths, with) = (attendance.and_then(|one| one.attendance_tenths()), room >= WITH_SOURCE);
    let text = match (attendance, tenths) {
        (Some(figures), Some(_)) if with => figures.to_string(),
        (_, Some(tenths)) => format!("{}.{} %", tenths / 10, tenths % 10),
        (_, None) => String::new(),
    };
    line.bar(&text, if with { 20 } else { ATTENDANCE }, style);
    if with {
        let of = row.case.as_ref().map_or(String::new(), |case| match case.opening.of.as_str() {
            "" => case.opening.source.describe().to_owned(),
            of => of.to_owned(),
        });
        line.bar(&of, 18, style);
    }
    if room >= WITH_OWNER {
        let owner = row.case.as_ref().map(|case| case.owner.as_str());
        line.bar(owner.or(row.first().map(|due| due.who.as_str())).unwrap_or_default(), 16, style);
    }
    let rest = line.room();
    line.column(row.first().map_or("-", |due| due.what.as_str()), rest, style);
}

/// Why the case was opened, what the plan aims at, and all that is due.
fn draw_detail(it: &Caseload, row: &OnCaseload, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let rule = if theme.ascii { "-" } else { "─" };
    canvas.line(area, 0).text(&rule.repeat(area.width.into()), theme.border);
    let mut lines: Vec<(String, Style)> = Vec::new();
    let name = context.roll().name_and_group(row.pupil);
    let attendance = it.attendance.get(&row.pupil).map(|figures| format!("  {figures}")).unwrap_or_default();
    lines.push((format!("{name}{attendance}"), theme.title));
    if let Some(case) = &row.case {
        lines.extend(wrapped(&opened(case), area.width, 2).into_iter().map(|text| (text, theme.plain)));
    }
    let room = usize::from(area.height).saturating_sub(1 + lines.len());
    let more = row.due.len().saturating_sub(room);
    let shown = if more > 0 { room.saturating_sub(1) } else { room };
    for due in row.due.iter().take(shown) {
        let style = if due.pressing(context.now) == Pressing::Overdue { theme.overdue } else { theme.plain };
        lines.push((due.line(context.now), style));
    }
    if more > 0 {
        lines.push((format!("{}{} more", theme.symbols.cut, row.due.len() - shown), theme.dim));
    }
    for (place, (text, style)) in lines.iter().enumerate() {
        canvas.line(area, place + 1).column(text, area.width, *style);
    }
}
