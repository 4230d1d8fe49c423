//! The picture: the title, the columns, what is asked about the chosen one, and the foot.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::{Block, Widget};

use super::{Doubt, GuideScreen, Stage};
use crate::domain::counted::counted;
use crate::exchange::profiles::guide::{About, Point};
use crate::screen::widgets::text::{Line, width};

/// Columns of a heading, and of what it is.
const LABEL: (u16, u16) = (12, 34);
const SETTLED: (u16, u16) = (20, 42);
/// Lines that what is asked needs: its border, what stands there, why, the question and some answers.
const ASKED_LEAST: u16 = 11;

impl GuideScreen {
    /// Draw everything as it is now; where the cursor stands, if anywhere.
    pub fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        let area = buffer.area;
        if self.is_blank {
            return None;
        }
        let heights = [Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)];
        let [title, middle, status, footer] = Layout::vertical(heights).areas(area);
        self.draw_title(title, buffer);
        let cursor = match &self.stage {
            Stage::Columns | Stage::Choosing(_) => {
                let rows = u16::try_from(self.points.len()).unwrap_or(u16::MAX).saturating_add(2);
                let most = middle.height.saturating_sub(ASKED_LEAST).max(middle.height * 2 / 5);
                let [list, asked] =
                    Layout::vertical([Constraint::Length(rows.min(most)), Constraint::Fill(1)]).areas(middle);
                self.draw_columns(list, buffer);
                self.draw_asked(asked, buffer);
                None
            }
            Stage::Trying(trial, name) => self.draw_trial(trial.as_ref(), name, None, middle, buffer),
            Stage::Sure(trial, name, doubt) => {
                let asks = match doubt {
                    Doubt::Nobody => {
                        "Nobody named here is on your roll: y saves it all the same, any other key goes back."
                            .to_owned()
                    }
                    Doubt::Replaces => format!(
                        "There is a profile {} already: y replaces it, any other key goes back.",
                        name.text().trim()
                    ),
                };
                self.draw_trial(Some(trial), name, Some(&asks), middle, buffer)
            }
        };
        self.draw_status(status, buffer);
        self.draw_footer(footer, buffer);
        cursor
    }

    fn draw_title(&self, area: Rect, buffer: &mut Buffer) {
        let mut line = Line::new(buffer, area, 0, &self.theme);
        line.text(" firstbell ", self.theme.focus).skip(1);
        line.text("profile of ", self.theme.plain).text(self.guide.file(), self.theme.title).skip(3);
        line.at_right(&format!("{} ", self.guide.describe()), self.theme.plain);
    }

    /// Draw a border, in the style of what handles keys or not; where its inside is.
    pub(super) fn framed(&self, title: &str, has_focus: bool, area: Rect, buffer: &mut Buffer) -> Rect {
        let style = if has_focus { self.theme.focus_border } else { self.theme.border };
        let title = Span::styled(format!(" {title} "), Style::reset().patch(self.theme.focus));
        let block = Block::bordered().border_set(self.theme.borders()).border_style(style).title(title);
        let inner = block.inner(area);
        block.render(area, buffer);
        Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(2), ..inner }
    }

    fn draw_columns(&self, area: Rect, buffer: &mut Buffer) {
        let open = self.open_questions();
        let between = self.theme.symbols.between;
        let title = match open {
            0 => format!("Columns {between} everything is settled"),
            open => format!("Columns {between} {} open", counted(open, "question")),
        };
        let focused = matches!(self.stage, Stage::Columns);
        let inner = self.framed(&title, focused, area, buffer);
        let shown = self.list.window(inner.height.into());
        for (row, place) in shown.enumerate() {
            let Some(point) = self.points.get(place) else { continue };
            let chosen = self.list.chosen() == Some(place);
            let style = match (chosen, focused) {
                (true, true) => self.theme.chosen,
                (true, false) => self.theme.remembered,
                (false, _) => self.theme.plain,
            };
            let line = Line::filled(buffer, inner, row, style, &self.theme);
            self.draw_point(point, line, style);
        }
        self.draw_unseen(area, buffer);
    }

    /// How many rows are above and below those that are seen, on the border.
    fn draw_unseen(&self, area: Rect, buffer: &mut Buffer) {
        let [above, below] = self.list.unseen().describe(&self.theme);
        let told: Vec<String> = [above, below].into_iter().filter(|one| !one.is_empty()).collect();
        if told.is_empty() || area.height < 2 {
            return;
        }
        let text = format!(" {} ", told.join(" "));
        let columns = width(&text);
        let place = Rect {
            x: area.right().saturating_sub(columns + 2),
            y: area.bottom().saturating_sub(1),
            width: columns,
            height: 1,
        };
        Line::new(buffer, place, 0, &self.theme).text(&text, self.theme.plain);
    }

    fn draw_point(&self, point: &Point, mut line: Line<'_>, style: Style) {
        let room = line.room();
        let share = |(least, most): (u16, u16)| (room * 3 / 10).clamp(least, most);
        let (symbol, what) = match point.settled() {
            Some(choice) => (self.theme.symbols.done, self.guide.describe_choice(choice)),
            None => ("?", "asked".to_owned()),
        };
        let style_of_state = if point.is_open() { style.patch(self.theme.overdue) } else { style };
        let shown = self.shown(point).join(&format!(" {} ", self.theme.symbols.between));
        let is_file = point.about == About::File;
        let wide = if is_file || shown.is_empty() { room } else { share(SETTLED).saturating_sub(1) };
        line.column(symbol, 2, style_of_state)
            .column(&point.label, share(LABEL).saturating_sub(1), style)
            .skip(1)
            .column(&what, wide, style_of_state)
            .skip(1);
        let rest = line.room();
        line.column(&shown, rest, style);
    }

    /// What stands there, masked where that is private and was not asked for.
    pub(super) fn shown(&self, point: &Point) -> Vec<String> {
        let is_revealed = match point.about {
            About::Column(place) => self.revealed.contains(&place),
            About::File | About::Sessions | About::Code(_) | About::Above(_) | About::Given(_) | About::Source => false,
        };
        let shown = point.shown(is_revealed);
        if !point.is_private || is_revealed {
            return shown;
        }
        shown.iter().map(|text| text.replace('•', self.theme.symbols.hidden)).collect()
    }
}
