//! Draws the lateness queue.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::{Lateness, Row};
use crate::domain::calendar::duration::duration;
use crate::domain::facts::register::ordinal;
use crate::domain::people::pupil::Pupil;
use crate::domain::people::telling_name::TellingName;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::{Line, width};

/// Columns of a reason that still say which it is: with fewer there is none, and the chosen late says its own below.
const REASON_LEAST: u16 = 8;
/// Columns of when somebody came, and two blanks.
const TIME: u16 = 7;
/// Columns of a mark: "L 17". Where one is longer, all have its width.
const MARK_LEAST: u16 = 4;
/// Columns of the sign of how far it has come.
const SIGN: u16 = 2;
/// Columns from which a row says everything; with fewer the chosen late has lines of its own.
const WIDE: u16 = 72;
/// Lines a list keeps for itself before any go to the chosen late.
const LIST_LEAST: u16 = 6;

/// What is as wide as its longest in the queue.
struct Columns {
    longest: u16,
    symbol: u16,
    mark: u16,
    reason: u16,
    minutes: u16,
    state: u16,
}

/// Draw the pane inside its border.
pub fn draw(pane: &Lateness, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    if pane.rows.is_empty() {
        let whom = pane.year.map(|year| format!(" in Year {year}")).unwrap_or_default();
        canvas.line(area, 0).text(&format!("Nobody{whom} has come late."), theme.dim);
        return;
    }
    let wanted = if area.width >= WIDE { 1 } else { 2 };
    let below = if area.height >= LIST_LEAST + wanted { wanted } else { 0 };
    let [list, rest] = Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(area);
    let is_in_group = columns_of_group(area.width) > 0;
    let names = pane
        .rows
        .iter()
        .map(|row| row.name_columns)
        .map(|[in_group, alone]| if is_in_group { in_group } else { alone });
    let marks = pane.rows.iter().map(|row| width(&row.mark));
    let reasons = pane.rows.iter().filter_map(|row| row.late.reason.as_deref()).map(width);
    // A blank parts a name from what follows, two a mark.
    let columns = Columns {
        longest: names.max().unwrap_or(0) + 1,
        symbol: u16::from(pane.rows.iter().any(|row| !symbol(row, theme).is_empty())),
        mark: marks.max().unwrap_or(0).max(MARK_LEAST) + 2,
        reason: reasons.max().unwrap_or(0),
        minutes: pane.rows.iter().map(|row| width(&of_week(row))).max().unwrap_or(0) + 2,
        state: pane.rows.iter().map(|row| width(&row.state)).max().unwrap_or(0),
    };
    let draw_one = if area.width >= WIDE { draw_wide } else { draw_row };
    pane.list.draw(list, canvas, |drawn| {
        if let Some(row) = pane.rows.get(drawn.place) {
            draw_one(row, &columns, drawn.line, context, drawn.style, theme);
        }
    });
    if area.width >= WIDE {
        draw_sum(pane, rest, canvas);
    } else if let Some(row) = pane.chosen_row() {
        draw_chosen(row, columns.reason(area.width) > 0, rest, canvas);
    }
}

impl Columns {
    /// Columns of the group, of the signs and of name and reason together, in a row of `room` columns.
    fn narrow(&self, room: u16) -> (u16, u16, u16) {
        let group = columns_of_group(room);
        let symbol = if room >= 30 { self.symbol } else { 0 };
        (group, symbol, room.saturating_sub(TIME + self.mark + group + symbol + 1))
    }

    /// Columns that the reason has in such a row; none where it or the `longest` name would be cut short.
    fn reason(&self, room: u16) -> u16 {
        let (_, _, left) = self.narrow(room);
        let spare = left.saturating_sub(self.longest).min(12);
        if spare >= self.reason.clamp(1, REASON_LEAST) { spare } else { 0 }
    }
}

/// Columns of the group in a row of `room` columns.
fn columns_of_group(room: u16) -> u16 {
    if room >= 46 { 6 } else { 0 }
}

/// The name, told apart where no group stands beside it by the group.
fn name_of(context: &ViewContext, pupil: &Pupil, is_in_group: bool) -> TellingName {
    if is_in_group { context.roll().name_in_group(pupil) } else { context.roll().telling_name(pupil) }
}

/// Where there is little room the group goes first, then the reason, so that names are whole.
fn draw_row(row: &Row, columns: &Columns, mut line: Line<'_>, context: &ViewContext, style: Style, theme: &Theme) {
    let Some(pupil) = context.pupil(row.late.pupil) else { return };
    let reason_width = columns.reason(line.room());
    let (group_width, symbol_width, left) = columns.narrow(line.room());
    let name_width = left.saturating_sub(reason_width);
    let name = name_of(context, pupil, group_width > 0);
    line.bar(&time(row, theme), TIME, style)
        .bar_name(&name, name_width, style)
        .bar(context.roll().group_name(pupil), group_width, style)
        .column(symbol(row, theme), symbol_width, state_style(row, theme))
        .skip(1)
        .column(&row.mark, columns.mark, theme.plain)
        .column(row.late.reason.as_deref().unwrap_or(theme.symbols.none), reason_width, theme.plain);
}

/// With room for everything: which late of the half-term, the minutes of the week, and how far it has come.
fn draw_wide(row: &Row, columns: &Columns, mut line: Line<'_>, context: &ViewContext, style: Style, theme: &Theme) {
    let Some(pupil) = context.pupil(row.late.pupil) else { return };
    let (time_width, group_width, mark_width, nth_width) = (TIME, 6, columns.mark, 6);
    let (minutes_width, state_width) = (columns.minutes.min(13), columns.state.min(17));
    let fixed = time_width + group_width + mark_width + nth_width + minutes_width + SIGN + state_width + 2;
    let left = line.room().saturating_sub(fixed);
    // A blank more than its longest parts it from what follows.
    let most = (columns.reason + 1).clamp(REASON_LEAST, 20);
    let reason_width = left.saturating_sub(columns.longest).clamp(REASON_LEAST, most);
    // In a wide row what follows stands near the names, by few widths.
    let name_width = left.saturating_sub(reason_width).min(columns.longest.next_multiple_of(8));
    let minutes = usize::from(minutes_width.saturating_sub(2));
    line.bar(&time(row, theme), time_width, style)
        .bar_name(&name_of(context, pupil, true), name_width, style)
        .bar(context.roll().group_name(pupil), group_width, style)
        .skip(1)
        .column(&row.mark, mark_width, theme.plain)
        .column(row.late.reason.as_deref().unwrap_or(theme.symbols.none), reason_width, theme.plain)
        .skip(1)
        .column(&ordinal(row.nth), nth_width, theme.plain)
        .column(&format!("{:>minutes$}", of_week(row)), minutes_width, theme.plain)
        .column(symbol(row, theme), SIGN, state_style(row, theme));
    let rest = line.room();
    line.column(&row.state, rest, state_style(row, theme));
}

/// "1 h 38 min wk": what the pupil has lost this week.
fn of_week(row: &Row) -> String {
    format!("{} wk", duration(row.week_minutes, " min"))
}

/// "7 new · 12 under way · 23 finished · Year 8 only": the pane has no border to say it.
fn draw_sum(pane: &Lateness, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (new, open) = (pane.new_ones(), pane.rows.iter().filter(|row| row.next.is_some()).count());
    let finished = pane.rows.len() - open;
    let counts = [(new, "new"), (open - new, "under way"), (finished, "finished")];
    let phrases = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let year = pane.year.map(|year| format!("Year {year} only"));
    let between = format!(" {} ", theme.symbols.between);
    let text = phrases.chain(year).collect::<Vec<_>>().join(&between);
    canvas.line(area, 0).text(&text, theme.dim);
}

/// What a narrow row has no room for, of the chosen one.
fn draw_chosen(row: &Row, shows_reason: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let said = |when| format!("{} of half-term, {} {when}", ordinal(row.nth), duration(row.week_minutes, " min"));
    let long = said("this week");
    let text = if width(&long) <= area.width { long } else { said("wk") };
    canvas.line(area, 0).text(&text, theme.dim);
    let next = row.next.as_ref().map(|next| format!("; {next}")).unwrap_or_default();
    let mut line = canvas.line(area, 1);
    let columns = line.room();
    let (symbol, style) = (symbol(row, theme), state_style(row, theme));
    let width = if symbol.is_empty() { 0 } else { 2 };
    line.column(symbol, width, style);
    let reason = row.late.reason.as_ref().filter(|_| !shows_reason);
    let reason = reason.map(|reason| format!("{reason}; ")).unwrap_or_default();
    line.column(&format!("{reason}{}{next}", row.state), columns.saturating_sub(width), theme.plain);
}

fn time(row: &Row, theme: &Theme) -> String {
    row.late.time.map_or_else(|| theme.symbols.none.to_owned(), |time| time.format("%H:%M").to_string())
}

/// Nothing while it is new, under way, or finished.
fn symbol(row: &Row, theme: &Theme) -> &'static str {
    match &row.next {
        _ if row.is_new => "",
        Some(_) => theme.symbols.changed,
        None => theme.symbols.done,
    }
}

fn state_style(row: &Row, theme: &Theme) -> Style {
    if row.next.is_none() { theme.dim } else { theme.plain }
}
