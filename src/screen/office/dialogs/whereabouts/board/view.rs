//! Draws the day's board: the counts above, the parts one below the other.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::{Action, BoardCard};
use crate::domain::whereabouts::board::{BoardRow, Part};
use crate::report::board::{codes, equation, no_school, why};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::wrapped;

/// From this width on a part's heading has its count.
const WIDE: u16 = 100;
/// The most lines of the counts.
const COUNTS: usize = 2;

/// Draw it inside its border; says where the cursor belongs.
pub fn draw(card: &BoardCard, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let theme = canvas.theme;
    if let Some(text) = no_school(&canvas.context.day) {
        canvas.line(area, 0).text(&text, theme.dim);
        return None;
    }
    let sum = wrapped(&equation(&card.counts), area.width, COUNTS);
    let lines = u16::try_from(sum.len()).unwrap_or(0);
    let one = Constraint::Length(1);
    // Where rows are cut, the chosen one is whole at the foot.
    let foot = Constraint::Length(u16::from(area.width < WIDE));
    let heights = [Constraint::Length(lines), one, one, Constraint::Fill(1), foot];
    let [counts, beside, filter, rows, foot] = Layout::vertical(heights).areas(area);
    for (row, text) in sum.iter().enumerate() {
        canvas.line(counts, row).text(text, theme.title);
    }
    let codes = codes(&card.counts);
    let codes = if codes.is_empty() { codes } else { format!("{codes}   ") };
    let others = format!("{} out now, {} expected", card.counts.out, card.counts.expected);
    canvas.line(beside, 0).text(&codes, theme.plain).text(&others, theme.dim);
    let cursor = draw_filter(card, filter, canvas);
    if card.found.list.is_empty() {
        canvas.line(rows, 0).text(empty(card), theme.dim);
        return cursor;
    }
    draw_rows(card, rows, canvas);
    if let Some((part, id)) = card.found.list.chosen()
        && let Some(row) = card.row(id)
    {
        let text = why(row, part, &canvas.context.day);
        canvas.line(foot, 0).text(&text, theme.dim);
    }
    cursor
}

/// The field while it is typed into or holds anything, else how to come to it.
fn draw_filter(card: &BoardCard, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let theme = canvas.theme;
    if !card.is_typing && card.found.field.text().is_empty() {
        let key = card.keys.first_key(Action::Filter).unwrap_or_default();
        canvas.line(area, 0).text(&key, theme.key).skip(1).text("a year, a group, a code, a name", theme.dim);
        return None;
    }
    card.found.field.draw_behind(("Only ", theme.dim), 5, area, canvas).filter(|_| card.is_typing)
}

/// Empty is a state worth a sentence.
fn empty(card: &BoardCard) -> &'static str {
    if card.counts.shown == 0 { "Nobody on roll is of that kind." } else { "Nobody is away, out or expected." }
}

fn draw_rows(card: &BoardCard, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let is_wide = area.width >= WIDE;
    let heading = if is_wide { 17 } else { 13 };
    let name = if is_wide { 34 } else { 24 };
    let mut above: Option<Part> = None;
    card.found.list.draw(area, canvas, |mut drawn| {
        let (part, id) = drawn.id;
        let Some((row, pupil)) = card.row(id).zip(context.pupil(id)) else { return };
        // A part is named once.
        let is_first = above.replace(part) != Some(part);
        let text = match (is_first, is_wide) {
            (false, _) => String::new(),
            (true, true) => format!("{} {}", part.heading(), card.counts.of(part)),
            (true, false) => part.heading().to_owned(),
        };
        drawn.line.column(&text, heading, theme.title);
        let style = drawn.style;
        drawn
            .line
            .name(&context.roll().name_in_group(pupil), name, style)
            .skip(1)
            .column(context.roll().group_name(pupil), 6, style)
            .skip(1)
            .column(row.code.as_ref().map_or("", |code| code.as_str()), 3, style)
            .skip(1)
            .text(&why(row, part, &context.day), if is_late(row, part) { style.patch(theme.overdue) } else { style });
    });
}

/// Expected before now, and not come.
fn is_late(row: &BoardRow, part: Part) -> bool {
    part == Part::Expected && row.expected.is_some_and(|expected| expected.over > 0)
}
