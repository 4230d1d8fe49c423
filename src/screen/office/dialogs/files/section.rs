//! What every list of files is, and how it lies: the rows, a rule, and below it what is known of the chosen row.

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::Hint;
use crate::screen::widgets::text::{width, wrapped};

/// One of the lists.
pub trait Section {
    /// What stands in its tab: "Inbox".
    fn name(&self) -> &'static str;

    /// How many of it wait for somebody; `None` where nothing does, as of imports.
    fn count(&self) -> Option<usize>;

    /// Handle a key.
    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome;

    /// Text was pasted.
    fn paste(&mut self, _text: &str) {}

    /// What is listed was replaced; `is_own` says by an act of ours.
    fn refresh(&mut self, context: &ViewContext, is_own: bool);

    /// Whether something is asked, so that letters are letters.
    fn is_asking(&self) -> bool {
        false
    }

    /// What was asked is done.
    fn stop_asking(&mut self) {}

    /// The pupil of the chosen row.
    fn pupil(&self) -> Option<PupilId> {
        None
    }

    /// How many rows are marked.
    fn marked(&self) -> usize {
        0
    }

    /// Whether the list has gone on by itself to a row that the officer has not chosen.
    fn went_on(&self) -> bool;

    /// The row to which it went on is the one that is meant.
    fn confirm(&mut self);

    /// Draw it; says where the cursor belongs.
    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position>;

    /// The keys that work in it.
    fn hints(&self) -> Vec<Hint>;
}

/// What is said below the list, each in its style, wrapped.
pub type Below = Vec<(String, Style)>;

/// The list, what is said below it in up to `most` lines, and the line in which something is asked, if anything is.
pub fn parts(area: Rect, most: u16, asks: bool) -> [Rect; 3] {
    let below = most.min(area.height / 2);
    let heights = [Constraint::Fill(1), Constraint::Length(below), Constraint::Length(u16::from(asks))];
    Layout::vertical(heights).areas(area)
}

/// Draw a rule, and below it what is said.
pub fn draw_below(texts: &Below, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let rule = if theme.ascii { "-" } else { "─" };
    canvas.line(area, 0).text(&rule.repeat(area.width.into()), theme.border);
    let room = usize::from(area.height.saturating_sub(1));
    let lines = texts.iter().flat_map(|(text, style)| {
        let lines = wrapped(text, area.width, room);
        lines.into_iter().map(move |line| (line, *style))
    });
    let lines: Vec<(String, Style)> = lines.collect();
    let shown = if lines.len() > room { room.saturating_sub(1) } else { lines.len() };
    for (row, (text, style)) in lines.iter().take(shown).enumerate() {
        canvas.line(area, row + 1).column(text, area.width.max(width(text)), *style);
    }
    if shown < lines.len() {
        let more = format!("{} {} lines more", theme.symbols.cut, lines.len() - shown);
        canvas.line(area, shown + 1).text(&more, theme.dim);
    }
}

/// Say that there is nothing, or that it has not come yet.
pub fn draw_none(is_there: bool, none: &str, about: &str, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    if !is_there {
        canvas.line(area, 0).text("It is being read.", theme.dim);
        return;
    }
    canvas.line(area, 0).text(none, theme.plain);
    for (row, text) in wrapped(about, area.width, usize::from(area.height).saturating_sub(1)).iter().enumerate() {
        canvas.line(area, row + 1).column(text, area.width, theme.dim);
    }
}
