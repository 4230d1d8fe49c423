//! Draws the fire list: the count in large words, the tutor groups, and the pupils.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::{Fire, Row};
use crate::domain::code::OnSite;
use crate::domain::whereabouts::fire::NOT_EXPECTED;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::{Line, width};

/// Columns of the groups beside the pupils with the line between, and the least width at which they are shown.
const GROUPS: u16 = 16;
const LEAST: u16 = 60;
/// Columns that a name has at the most, or a third of a wide row, where the group and where to look stand beside it.
const NAME: u16 = 30;

/// Draw it inside its border.
pub fn draw(fire: &Fire, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let theme = canvas.theme;
    draw_counts(fire, area, canvas);
    let label = "Find ";
    let mut line = canvas.line(area, 1);
    line.text(label, theme.plain).skip(22);
    if let Some(tally) = fire.chosen().and_then(|row| fire.groups.get(row.group?)) {
        let tutor = tally.tutor.as_ref().map(|tutor| format!(", {tutor}")).unwrap_or_default();
        line.text(
            &format!("{}{tutor}: {} of {} unaccounted", tally.name, tally.said.left(), tally.said.all()),
            theme.title,
        );
    }
    let field = Rect { x: area.x.saturating_add(width(label)), y: area.y.saturating_add(1), width: 20, height: 1 };
    let cursor = fire.found.field.draw(field.intersection(area), canvas.buffer, theme);
    let beside = Constraint::Length(if area.width >= LEAST { GROUPS } else { 0 });
    let [_, below] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    let [groups, pupils] = Layout::horizontal([beside, Constraint::Fill(1)]).areas(below);
    draw_groups(fire, groups, canvas);
    draw_pupils(fire, pupils, canvas);
    cursor
}

/// "412 to account for · 398 accounted · 14 UNACCOUNTED FOR".
fn draw_counts(fire: &Fire, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (all, left) = fire.counts();
    let between = theme.symbols.between;
    let mut line = canvas.line(area, 0);
    if left > 0 || all == 0 {
        // What counts stands first: it is the last to be cut.
        line.text(&format!("{left} UNACCOUNTED FOR"), theme.overdue);
    } else {
        line.text(&format!("{} EVERYBODY IS ACCOUNTED FOR", theme.symbols.done), theme.done);
    }
    line.text(&format!(" {between} {} accounted {between} {all} to account for", all - left), theme.title);
}

/// "8KM   3/28" for a group with some left, "8KM   !2/28" where all of them are said not to be seen, "8KM   ✓ 28" for one that is whole.
fn draw_groups(fire: &Fire, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    // A group and the pupil beside it have nothing to do with each other.
    let between = if theme.ascii { "|" } else { "│" };
    for line in 0..usize::from(area.height) {
        canvas.line(area, line).skip(GROUPS - 2).column(between, 1, theme.border);
    }
    let here = fire.chosen().and_then(|row| row.group);
    let height = usize::from(area.height).max(1);
    let top = here.unwrap_or(0) / height * height;
    for (line, (place, tally)) in fire.groups.iter().enumerate().skip(top).take(height).enumerate() {
        let style = if here == Some(place) { theme.remembered } else { theme.plain };
        let (left, all) = (tally.said.left(), tally.said.all());
        let (count, count_style) = match left {
            0 => (format!("{} {all}", theme.symbols.done), theme.dim),
            left if tally.said.is_gone_through() => (format!("!{left}/{all}"), style.patch(theme.overdue)),
            left => (format!("{left}/{all}"), style),
        };
        canvas.line(area, line).column(&tally.name, 8, style).column(&count, 6, count_style);
    }
}

fn draw_pupils(fire: &Fire, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    if fire.found.list.is_empty() {
        let text = match (fire.found.field.text().is_empty(), fire.counts(), fire.over) {
            (false, ..) => "Nobody on roll has a name that begins so.",
            (true, (0, _), Some(_)) => "School has ended, and nobody has been logged in since.",
            (true, (0, _), None) => "Nobody is on site.",
            (true, ..) => "Everybody is accounted for.",
        };
        canvas.line(area, 0).text(text, theme.dim);
        return;
    }
    fire.found.list.draw(area, canvas, |drawn| {
        if let Some(row) = fire.row(drawn.id) {
            draw_row(row, drawn.line, context, drawn.style, theme);
        }
    });
}

fn draw_row(row: &Row, mut line: Line<'_>, context: &ViewContext, style: ratatui::style::Style, theme: &Theme) {
    let Some(pupil) = context.pupil(row.pupil) else { return };
    let (ticked, box_style) = match row.sighting {
        Some(ticked) if ticked.seen => ("[x]", style.patch(theme.done)),
        Some(_) => ("[!]", style.patch(theme.overdue)),
        None => ("[ ]", style),
    };
    let why = match (row.group, row.on_site) {
        (None, _) if row.why == NOT_EXPECTED => row.why.clone(),
        (None, _) => format!("{NOT_EXPECTED}: {}", row.why),
        (_, OnSite::Unknown) => format!("? look for: {}", row.why),
        _ => row.why.clone(),
    };
    let room = line.room();
    let why_width = if room >= 52 { room / 2 } else { 0 };
    let name = room.saturating_sub(4 + 7 + why_width).min(if why_width > 0 { NAME.max(room / 3) } else { room });
    // What the names do not need is the words' of where to look.
    let why_width = if why_width > 0 { room.saturating_sub(4 + 7 + 1 + name) } else { 0 };
    line.column(ticked, 3, box_style)
        .skip(1)
        .name(&context.roll().name_in_group(pupil), name.saturating_sub(1), style)
        .skip(1)
        .column(context.roll().group_name(pupil), 6, style)
        .skip(1)
        .column(&why, why_width, style);
}
