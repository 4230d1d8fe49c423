//! Draws the watch list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::code::Code;

use super::super::super::scene::{Scene, short};
use super::super::super::text::Line;
use super::super::super::theme::Theme;
use super::{Row, Watch};

/// Draw the pane inside its border.
pub fn draw(pane: &Watch, area: Rect, buffer: &mut Buffer, scene: &Scene, focused: bool, theme: &Theme) {
    if pane.rows.is_empty() {
        Line::new(buffer, area, 0, theme).text("Nobody is watched.", theme.dim);
        return;
    }
    let (shown, more) = pane.list.shown(area.height.into());
    Line::new(buffer, area, shown.len(), theme).more(more);
    for (line, row) in pane.rows.get(shown).unwrap_or_default().iter().enumerate() {
        let chosen = pane.list.chosen() == Some(row.watched.pupil);
        let style = super::super::row_style(chosen, focused, theme);
        draw_row(row, Line::new(buffer, area, line, theme), scene, style, theme);
    }
}

/// The reason goes first when there is little room, then the group.
fn draw_row(row: &Row, mut line: Line<'_>, scene: &Scene, style: Style, theme: &Theme) {
    let Some(pupil) = scene.pupil(row.watched.pupil) else { return };
    let room = line.room();
    let group_width = if room >= 34 { 6 } else { 0 };
    let reason_width = if room >= 56 { room - 40 } else { 0 };
    let name_width = room.saturating_sub(2 + 5 + group_width + reason_width);
    let changed = if row.changed { theme.symbols.changed } else { "" };
    let absent = row.mark.is_some_and(|mark| mark.code == Code::N || mark.code == Code::U);
    let mark_style = if absent { theme.overdue } else { theme.plain };
    line.bar(&pupil.list_name(), name_width, style)
        .bar(scene.roll().group_name(pupil), group_width, style)
        .column(changed, 2, theme.key)
        .column(&short(row.mark), 5, mark_style)
        .column(&row.watched.reason, reason_width, theme.plain);
}
