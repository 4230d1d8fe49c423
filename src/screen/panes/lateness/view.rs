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

/// Columns of a reason that still say which it is.
const REASON_LEAST: u16 = 6;

/// Draw the pane inside its border.
pub fn draw(pane: &Lateness, area: Rect, buffer: &mut Buffer, scene: &Scene, focused: bool, theme: &Theme) {
    if pane.rows.is_empty() {
        Line::new(buffer, area, 0, theme).text("Nobody has come late.", theme.dim);
        return;
    }
    let names = pane.rows.iter().filter_map(|row| scene.pupil(row.pupil)).map(|pupil| width(&pupil.list_name()));
    // A blank parts a name from what follows.
    let longest = names.max().unwrap_or(0) + 1;
    let (shown, more) = pane.list.shown(area.height.into());
    Line::new(buffer, area, shown.len(), theme).more(more);
    for (line, row) in pane.rows.get(shown).unwrap_or_default().iter().enumerate() {
        let chosen = pane.list.chosen() == Some((row.pupil, row.session));
        let style = super::super::row_style(chosen, focused, theme);
        draw_row(row, longest, Line::new(buffer, area, line, theme), scene, style, theme);
    }
}

/// Where there is little room the group goes first; then the reason is cut, so that the `longest` name is whole; then it goes.
fn draw_row(row: &Late, longest: u16, mut line: Line<'_>, scene: &Scene, style: Style, theme: &Theme) {
    let Some(pupil) = scene.pupil(row.pupil) else { return };
    let room = line.room();
    let group_width = if room >= 42 { 6 } else { 0 };
    let (time_width, mark_width) = (6, 5);
    let left = room.saturating_sub(time_width + mark_width + group_width + 1);
    // Where every name is whole the school's own words are too, and the column stays where it is.
    let reasons = scene.roll().school.late_reasons.iter().map(|reason| width(&reason.says)).max().unwrap_or(0);
    let reason_width = match room {
        60.. => 20,
        34.. => left.saturating_sub(longest).clamp(REASON_LEAST, reasons.clamp(8, 12)),
        _ => 0,
    };
    let name_width = left.saturating_sub(reason_width);
    let time = row.time.map_or_else(|| theme.symbols.none.to_owned(), |time| time.format("%H:%M").to_string());
    let mark_style = if row.mark.code == Code::U { theme.overdue } else { theme.plain };
    line.bar(&time, time_width, style)
        .bar(&pupil.list_name(), name_width, style)
        .bar(scene.roll().group_name(pupil), group_width, style)
        .skip(1)
        .column(&short(Some(row.mark)), mark_width, mark_style)
        .column(row.reason.as_deref().unwrap_or(theme.symbols.none), reason_width, theme.plain);
}
