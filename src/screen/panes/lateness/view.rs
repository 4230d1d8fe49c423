//! Draws the lateness queue.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::code::Code;
use crate::domain::lateness::Late;

use super::super::super::scene::{Scene, short};
use super::super::super::text::{Line, width};
use super::super::super::theme::Theme;
use super::Lateness;

/// Draw the pane inside its border.
pub fn draw(pane: &Lateness, area: Rect, buffer: &mut Buffer, scene: &Scene, focused: bool, theme: &Theme) {
    if pane.rows.is_empty() {
        Line::new(buffer, area, 0, theme).text("Nobody has come late.", theme.dim);
        return;
    }
    let (shown, more) = pane.list.shown(area.height.into());
    Line::new(buffer, area, shown.len(), theme).more(more);
    for (line, row) in pane.rows.get(shown).unwrap_or_default().iter().enumerate() {
        let chosen = pane.list.chosen() == Some((row.pupil, row.session));
        let style = super::super::row_style(chosen, focused, theme);
        draw_row(row, Line::new(buffer, area, line, theme), scene, style, theme);
    }
}

/// The group goes first when there is little room, then the reason.
fn draw_row(row: &Late, mut line: Line<'_>, scene: &Scene, style: Style, theme: &Theme) {
    let Some(pupil) = scene.pupil(row.pupil) else { return };
    let room = line.room();
    let group_width = if room >= 42 { 6 } else { 0 };
    // The school's own words fit whole, and the column stays where it is.
    let longest = scene.roll().school.late_reasons.iter().map(|reason| width(&reason.says)).max().unwrap_or(0);
    let reason_width = match room {
        60.. => 20,
        34.. => longest.clamp(8, 12),
        _ => 0,
    };
    let (time_width, mark_width) = (6, 5);
    let name_width = room.saturating_sub(time_width + mark_width + group_width + reason_width + 1);
    let time = row.time.map_or_else(|| theme.symbols.none.to_owned(), |time| time.format("%H:%M").to_string());
    let mark_style = if row.mark.code == Code::U { theme.overdue } else { theme.plain };
    line.bar(&time, time_width, style)
        .bar(&pupil.list_name(), name_width, style)
        .bar(scene.roll().group_name(pupil), group_width, style)
        .skip(1)
        .column(&short(Some(row.mark)), mark_width, mark_style)
        .column(row.reason.as_deref().unwrap_or(theme.symbols.none), reason_width, theme.plain);
}
