//! Draws the watch list, and the lists that rules make below it.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::{Row, Watch, What};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::watched::Watched;
use crate::domain::people::pupil::PupilId;
use crate::screen::theme::Theme;
use crate::screen::view_context::{ViewContext, in_column};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::{Line, width, wrapped};

/// Columns of the mark.
const MARK: u16 = 5;
const GROUP: u16 = 6;
/// Columns of who sees to it and when it is looked at again, where there is room.
const OWNER: u16 = 11;
const REVIEW: u16 = 14;

/// From so many columns on a row says why; below, the chosen one's why stands under the list.
const WIDE: u16 = 50;
/// Lines that takes, and those it leaves the list at least.
const DETAIL: u16 = 6;
const LEAST_LIST: u16 = 10;

/// Columns of a row's signs, and of its mark.
#[derive(Clone, Copy)]
struct Widths {
    signs: u16,
    mark: u16,
}

impl Row {
    fn is_due(&self, context: &ViewContext) -> bool {
        match &self.what {
            What::Own { watched, .. } => watched.is_review_due(context.day.date),
            What::Ruled { .. } | What::Heading { .. } => false,
        }
    }
}

/// Draw the pane inside its border.
pub fn draw(pane: &Watch, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let nobody = u16::from(pane.own == 0).min(area.height);
    if nobody > 0 {
        canvas.line(area, 0).text("Nobody is watched.", theme.dim);
    }
    let below = if area.width < WIDE && area.height >= DETAIL + LEAST_LIST { DETAIL } else { 0 };
    let rows = [Constraint::Length(nobody), Constraint::Fill(1), Constraint::Length(below)];
    let [_, list, why] = Layout::vertical(rows).areas(area);
    let marks = pane.rows.iter().map(|row| width(&in_column(row.mark())));
    let any_due = pane.rows.iter().any(|row| row.is_due(context));
    // What has changed, a review that is due where one is, and a blank: no sign is taken for a part of the mark.
    let widths = Widths { signs: if any_due { 3 } else { 2 }, mark: marks.max().unwrap_or(0).min(MARK) };
    pane.list.draw(list, canvas, |drawn| {
        if let Some(row) = pane.rows.get(drawn.place) {
            draw_row(row, widths, drawn.line, context, drawn.style, theme);
        }
    });
    let chosen = pane.rows.iter().find(|row| Some(row.id) == pane.list.chosen());
    if let Some(row) = chosen.filter(|_| below > 0) {
        draw_why(row, why, canvas);
    }
}

fn draw_row(row: &Row, widths: Widths, mut line: Line<'_>, context: &ViewContext, style: Style, theme: &Theme) {
    let wide = line.room() >= WIDE;
    match &row.what {
        What::Heading { name, count, open } => {
            let sign = match (count, open) {
                (Some(0) | None, _) => "",
                (_, true) => "-",
                (_, false) => "+",
            };
            let count = count.map_or_else(|| theme.symbols.cut.to_owned(), |count| count.to_string());
            let style = if sign.is_empty() && style == theme.plain { theme.dim } else { style };
            let changed = if row.changed { 2 } else { 0 };
            let kept = 2 + changed + width(&count);
            let name_width = (width(name) + 1).min(line.room().saturating_sub(kept));
            line.bar(sign, 2, style).bar(name, name_width, style);
            line.column(theme.symbols.changed, changed, theme.key).text(&count, style);
        }
        What::Own { watched, mark } => {
            who(&mut line, row, watched.pupil, context, style, theme, (*mark, widths));
            if wide {
                let reason = line.room().saturating_sub(OWNER + REVIEW);
                let (review, urgent) = review(watched, context);
                line.bar(&reason_of(watched), reason, theme.plain).bar(&watched.owner, OWNER, theme.plain);
                line.column(&review, REVIEW, if urgent { theme.overdue } else { theme.plain });
            }
        }
        What::Ruled { why, mark } => {
            let Some(pupil) = row.id.pupil() else { return };
            who(&mut line, row, pupil, context, style, theme, (*mark, widths));
            if wide {
                line.column(why, line.room(), theme.plain);
            }
        }
    }
}

/// Name, group where there is room, what has changed, and the mark.
fn who(
    line: &mut Line<'_>,
    row: &Row,
    pupil: PupilId,
    context: &ViewContext,
    style: Style,
    theme: &Theme,
    (mark, widths): (Option<Mark>, Widths),
) {
    let Some(pupil) = context.pupil(pupil) else { return };
    let room = line.room();
    let group_width = if room >= 34 { GROUP } else { 0 };
    let why = room >= WIDE;
    let name_width = room.saturating_sub(widths.signs + widths.mark + group_width);
    let name_width = if why { name_width.min((room / 4).clamp(14, 26)) } else { name_width };
    let absent = mark.is_some_and(|mark| mark.code == Code::N || mark.code == Code::U);
    let mark_style = if absent { theme.overdue } else { theme.plain };
    let name = if group_width > 0 { context.roll().name_in_group(pupil) } else { context.roll().telling_name(pupil) };
    line.bar_name(&name, name_width, style)
        .bar(context.roll().group_name(pupil), group_width, style)
        .column(&state(row, row.is_due(context), theme), widths.signs, theme.key)
        .column(&in_column(mark), widths.mark, mark_style)
        .skip(if why { 2 } else { 0 });
}

/// The sign for what has changed, and `!` for a review that is due.
fn state(row: &Row, due: bool, theme: &Theme) -> String {
    let changed = if row.changed { theme.symbols.changed } else { " " };
    format!("{changed}{}", if due { "!" } else { "" })
}

/// "review due", "review 30 Nov", or nothing; and whether it is due.
fn review(watched: &Watched, context: &ViewContext) -> (String, bool) {
    match watched.review {
        Some(_) if watched.is_review_due(context.day.date) => ("review due".to_owned(), true),
        Some(review) => (format!("review {}", review.format("%-d %b")), false),
        None => (String::new(), false),
    }
}

fn reason_of(watched: &Watched) -> String {
    let until = watched.until.map(|until| format!(", until {}", until.format("%-d %b")));
    format!("{}{}", watched.reason, until.unwrap_or_default())
}

/// Why the chosen one is there, under the list: for a pane that is too narrow to say it in the row.
fn draw_why(row: &Row, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, focused, .. } = *canvas;
    if let What::Heading { name, .. } = &row.what {
        // Its row may have room for a part of the name alone.
        if !focused || width(name) + 6 <= area.width {
            return;
        }
        for (place, text) in wrapped(name, area.width, usize::from(area.height)).iter().enumerate() {
            canvas.line(area, place).column(text, area.width, theme.plain);
        }
        return;
    }
    let pupil = row.id.pupil().and_then(|id| context.pupil(id));
    let Some(pupil) = pupil else { return };
    let rule = if theme.ascii { "-- " } else { "\u{2500}\u{2500} " };
    let name = format!("{rule}{}", context.roll().name_with_group(pupil));
    canvas.line(area, 0).column(&name, area.width, theme.dim);
    let (message, tail, urgent) = match &row.what {
        What::Own { watched, .. } => {
            let (review, urgent) = review(watched, context);
            (reason_of(watched), vec![watched.owner.clone(), review], urgent)
        }
        What::Ruled { why, .. } => (why.clone(), Vec::new(), false),
        What::Heading { .. } => return,
    };
    let tail: Vec<String> = tail.into_iter().filter(|text| !text.is_empty()).collect();
    let lines = wrapped(&message, area.width, usize::from(area.height).saturating_sub(1 + tail.len()));
    let last = lines.len();
    for (place, text) in lines.iter().enumerate() {
        canvas.line(area, 1 + place).column(text, area.width, theme.plain);
    }
    for (place, text) in tail.iter().enumerate() {
        let style = if urgent && place == 1 { theme.overdue } else { theme.dim };
        canvas.line(area, 1 + last + place).column(text, area.width, style);
    }
}
