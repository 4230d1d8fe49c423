//! Draws a register that is typed from paper.

use ratatui::layout::{Position, Rect};

use super::PaperForm;
use crate::domain::calendar::session::Session;
use crate::domain::register::paper::{PaperLine, Typed};
use crate::screen::theme::Theme;
use crate::screen::view_context::short;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::Action;
use crate::screen::widgets::text::Line;

/// Columns of "AM L 170" and a blank.
const MORNING: u16 = 9;

impl PaperForm {
    /// Draw the grid, and below it what Enter would save.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let below = 3.min(area.height.saturating_sub(1));
        let height = usize::from(area.height - below);
        let columns = if self.is_wide() && area.width >= 60 { 2 } else { 1 };
        let shown = self.list.window(height * columns);
        let more = self.list.len() - shown.len();
        let rows = if columns == 2 { shown.len().div_ceil(2) } else { shown.len() };
        self.rows.set(rows.max(1));
        let half = area.width / 2;
        for (place, line) in self.paper.lines().get(shown).unwrap_or_default().iter().enumerate() {
            let (column, row) = (place / rows.max(1), place % rows.max(1));
            let at = match (columns, column) {
                (1, _) => area,
                (_, 0) => Rect { width: half.saturating_sub(1), ..area },
                _ => Rect { x: area.x + half + 1, width: area.width.saturating_sub(half + 1), ..area },
            };
            self.draw_line(line, at, row, canvas);
        }
        let line = |row: usize| height + row + usize::from(below).saturating_sub(2);
        canvas.line(area, height).more(more);
        if let Some(taken) = self.paper.came_in(&context.day) {
            let says = format!("It came in {} from {}: both will be kept.", taken.at.format("%H:%M"), taken.by);
            canvas.line(area, height).text(&says, theme.overdue);
        }
        self.draw_end(canvas.line(area, line(0)), theme);
        self.draw_by(area, line(1), canvas)
    }

    fn draw_line(&self, line: &PaperLine, area: Rect, row: usize, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        let here = self.list.chosen() == Some(line.pupil);
        let style = if here { theme.chosen } else { theme.plain };
        let mut writing = canvas.line(area, row);
        writing.style_rest(style);
        let current = line.current.map(|current| format!("{} {}", current.by, short(Some(current.mark))));
        // In the afternoon the morning's mark stands beside the name.
        let morning = if self.session == Session::Pm { MORNING } else { 0 };
        let room = writing.room();
        if let Some(pupil) = context.pupil(line.pupil) {
            let name = context.roll().telling_name(pupil);
            writing.bar_name(&name, room.saturating_sub(13 + morning).max(room / 2), style);
        }
        if morning > 0 {
            let stood = format!("AM {}", context.short_mark(line.pupil, Session::Am));
            writing.column(&stood, MORNING - 1, style.patch(theme.dim)).skip(1);
        }
        if let Some((_, text)) = self.half().filter(|(id, _)| *id == line.pupil) {
            writing.text(&format!("{text}_"), style.patch(theme.title));
            return;
        }
        match (line.typed, current) {
            (Some(typed), current) => {
                let mark = match typed {
                    Typed::Mark(mark) => short(Some(mark)),
                    Typed::Blank => "blank".to_owned(),
                };
                let over = current.map_or_else(String::new, |current| format!(" not {current}"));
                writing.text(&mark, style.patch(theme.overdue)).text(&over, style.patch(theme.dim));
            }
            (None, Some(current)) => drop(writing.text(&current, style.patch(theme.dim))),
            (None, None) if line.expected => drop(writing.text(&short(self.paper.mark(line)), style)),
            (None, None) => drop(writing.text("type it", style.patch(theme.overdue))),
        }
    }

    /// "enter saves: 26 present, 1 late, 2 N", once anything is typed.
    fn draw_end(&self, mut line: Line<'_>, theme: &Theme) {
        if self.paper.is_typed() {
            let key = self.typing.dialog.first_key(Action::Save).unwrap_or_default();
            line.text(&key, theme.key).text(" saves: ", theme.dim);
        } else {
            line.text("/", theme.key).text(" or exceptions first: ", theme.dim);
        }
        line.text(&self.paper.describe(), theme.title);
    }

    /// The name of the paper's teacher, once asked for.
    fn draw_by(&self, area: Rect, row: usize, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let Some(by) = &self.by else {
            let who = self.register.taker(&context.day, self.session).who;
            let text = who.map_or_else(String::new, |who| format!("{who}'s paper"));
            canvas.line(area, row).text(&text, theme.dim);
            return None;
        };
        let line = Rect { width: area.width.min(42), ..area.rows().nth(row)? };
        by.draw_behind(("Whose paper", theme.title), 12, line, canvas)
    }
}
