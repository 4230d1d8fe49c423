//! Draws the figures: how they are split, what all of them come to, the table with its chart beside it, and the chosen row in full.

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use super::table::{Fit, Table, TableRow};
use super::{Action, FiguresCard, chart, words};
use crate::domain::figures::page::row_id::RowId;
use crate::domain::figures::page::{Page, Split, typed};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::{Line, width, wrapped};

/// From this width on the chart stands beside the table; how wide it is then.
const BESIDE: u16 = 112;
/// From these heights on the foot says which command makes files of them, and which answers with the same.
const WITH_COMMANDS: [u16; 2] = [18, 30];
/// From these heights on there is one more line for the chosen row, the first being the rule above it.
const DETAIL: [u16; 4] = [12, 12, 14, 22];
/// The most lines of what all of it comes to.
const SUMMARY: usize = 2;

impl FiguresCard {
    /// Draw it inside its border; says where the cursor belongs.
    pub(super) fn draw_figures(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        if canvas.is_paper {
            self.draw_paper(area, canvas);
            return None;
        }
        let theme = canvas.theme;
        let page = self.page();
        let summary = page.map(|(page, _)| self.summary(page, area.width, canvas)).unwrap_or_default();
        let detail = DETAIL.iter().filter(|height| area.height >= **height).count();
        let commands = WITH_COMMANDS.iter().filter(|height| area.height >= **height).count();
        let lines = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or_default());
        let heights = [
            Constraint::Length(1),
            lines(summary.len().max(1)),
            Constraint::Length(1),
            Constraint::Fill(1),
            lines(detail),
            lines(commands),
        ];
        let [tabs, above, filter, body, detail, foot] = Layout::vertical(heights).areas(area);
        self.draw_tabs(tabs, canvas);
        for (row, text) in summary.iter().enumerate() {
            canvas.line(above, row).text(text, if row == 0 { theme.title } else { theme.plain });
        }
        let cursor = self.draw_filter(filter, canvas);
        let Some((page, table)) = page else {
            let text = if self.is_recorded() { "Counting." } else { "Putting down that pupils are listed here." };
            canvas.line(body, 0).text(text, theme.dim);
            return cursor;
        };
        if page.rows.is_empty() || page.pupils == 0 {
            canvas.line(body, 0).text("Nothing is held of these dates and pupils.", theme.dim);
            return cursor;
        }
        self.draw_body((page, table), body, canvas);
        self.draw_detail((page, table), detail, canvas);
        self.draw_commands(page, foot, canvas);
        cursor
    }

    fn summary(&self, page: &Page, columns: u16, canvas: &Canvas<'_>) -> Vec<String> {
        let parts = words::summary(page, canvas.context);
        in_lines(&parts, columns, SUMMARY, canvas)
    }

    /// "1 Years  2 Pupils  3 Cohorts": short names where there is little room.
    fn draw_tabs(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let here = self.asked.split;
        let tabs: Vec<(String, Split)> = Split::ALL.into_iter().map(|split| (self.tab(split), split)).collect();
        let needed: u16 = tabs.iter().map(|(text, _)| width(text) + 2).sum();
        let between = u16::from(needed + 8 <= area.width);
        let mut line = canvas.line(area, 0);
        for (text, split) in &tabs {
            let text = format!(" {text} ");
            if width(&text) <= line.room() {
                line.text(&text, if *split == here { theme.chosen } else { theme.plain }).skip(between);
            }
        }
    }

    fn tab(&self, split: Split) -> String {
        let is_group = |row: &RowId| matches!(row, RowId::Year(_) | RowId::Group(_));
        let (action, name) = match split {
            Split::Groups if self.asked.within.iter().any(is_group) => (Action::Groups, "Groups"),
            Split::Groups => (Action::Groups, "Years"),
            Split::Pupils => (Action::Pupils, "Pupils"),
            Split::Cohorts => (Action::Cohorts, "Cohorts"),
            Split::HalfDays => (Action::HalfDays, "Days"),
            Split::Codes => (Action::Codes, "Codes"),
            Split::Weeks => (Action::Weeks, "Weeks"),
            Split::HalfTerms => (Action::HalfTerms, "Terms"),
            Split::Bands => (Action::Bands, "Bands"),
        };
        let key = self.keys.first_key(action).unwrap_or_default();
        format!("{key} {name}").trim().to_owned()
    }

    /// What is typed, or how to come to it; while it is typed, what it means.
    fn draw_filter(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        if self.is_typing {
            let meant = typed::read(self.field.text(), canvas.context.now.date(), canvas.context.roll());
            let meant = match meant {
                Ok(_) => format!("{} understood", theme.symbols.done),
                Err(_) => format!("{} not understood", theme.symbols.refused),
            };
            canvas.line(area, 0).at_right(&meant, theme.dim);
            let room = area.width.saturating_sub(width(&meant) + 2);
            return self.field.draw_behind(("Whose, when ", theme.dim), 12, Rect { width: room, ..area }, canvas);
        }
        let key = self.keys.first_key(Action::Filter).unwrap_or_default();
        let text = if self.filter.0.is_empty() {
            "FSM 9 from 1 sep, SEN K last week, this half-term, as of 1 nov"
        } else {
            &self.filter.0
        };
        canvas.line(area, 0).text(&key, theme.key).skip(1).text(text, theme.dim);
        None
    }

    fn draw_body(&self, (page, table): (&Page, &Table), area: Rect, canvas: &mut Canvas<'_>) {
        if self.is_chart {
            return chart::draw(page, table, area, canvas);
        }
        if area.width < BESIDE {
            return self.draw_table(table, area, canvas);
        }
        let beside = (area.width / 3).min(64);
        let parts = [Constraint::Fill(1), Constraint::Length(3), Constraint::Length(beside)];
        let [left, _, right] = Layout::horizontal(parts).areas(area);
        // The chart first: the frame tells of the list what is not seen.
        chart::draw(page, table, right, canvas);
        self.draw_table(table, left, canvas);
    }

    fn draw_table(&self, table: &Table, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let fit = table.fit(area.width);
        let total = u16::from(table.total.is_some());
        let heights = [Constraint::Length(1), Constraint::Fill(1), Constraint::Length(total)];
        let [headings, rows, below] = Layout::vertical(heights).areas(area);
        let mut line = canvas.line(headings, 0);
        line.skip(fit.name);
        for (place, columns) in &fit.columns {
            let heading = table.columns.get(*place).map_or("", |column| column.heading);
            to_the_right(&mut line, heading, *columns, theme.dim);
        }
        self.list.draw(rows, canvas, |mut drawn| {
            if let Some(row) = table.rows.get(drawn.place) {
                draw_row(&mut drawn.line, row, &fit, drawn.style);
            }
        });
        if let Some(cells) = &table.total {
            // Below the last row, and not at the foot of an empty space.
            let rows_drawn = u16::try_from(table.rows.len()).unwrap_or(u16::MAX).min(rows.height);
            let place = Rect { y: (rows.y + rows_drawn).min(below.y), ..below };
            let row = TableRow { id: RowId::Year(None), name: "all".to_owned(), cells: cells.clone(), place: 0 };
            draw_row(&mut canvas.line(place, 0), &row, &fit, theme.title);
        }
    }

    /// The chosen row in full, below a rule.
    fn draw_detail(&self, (page, table): (&Page, &Table), area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let rule = if theme.ascii { "-" } else { "─" };
        canvas.line(area, 0).text(&rule.repeat(area.width.into()), theme.border);
        let chosen = self.list.chosen();
        let Some(row) = table.rows.iter().find(|row| Some(row.id) == chosen) else { return };
        let Some(found) = page.rows.get(row.place) else { return };
        let parts = words::detail(found, &row.name, page, canvas.context);
        let room = usize::from(area.height.saturating_sub(1));
        for (place, text) in in_lines(&parts, area.width, room, canvas).iter().take(room).enumerate() {
            canvas.line(area, place + 1).text(text, if place == 0 { theme.title } else { theme.plain });
        }
    }

    /// Which command makes files of them, and which answers with the same where there is room to say so.
    fn draw_commands(&self, page: &Page, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let files = "Files: firstbell report weekly --out week.xlsx, or .csv";
        let same = words::command(&page.asked, canvas.context.roll(), canvas.context.now.date());
        let same = same.filter(|_| area.height > 1).map(|same| format!("The same: {same}"));
        let last = usize::from(area.height.saturating_sub(1));
        canvas.line(area, last).text(files, theme.dim);
        if let Some(same) = same {
            canvas.line(area, last - 1).text(&same, theme.dim);
        }
    }

    /// The table on a sheet of paper, every row of it, and what all of it comes to.
    fn draw_paper(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let Some((page, table)) = self.page() else { return };
        let summary = self.summary(page, area.width, canvas);
        let lines = u16::try_from(summary.len()).unwrap_or_default();
        let [above, _, body] =
            Layout::vertical([Constraint::Length(lines), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        for (row, text) in summary.iter().enumerate() {
            canvas.line(above, row).text(text, theme.plain);
        }
        self.draw_table(table, body, canvas);
    }
}

/// Parts one after the other, in lines: a line ends between two of them, as far as one is not longer than a line.
fn in_lines(parts: &[String], columns: u16, most: usize, canvas: &Canvas<'_>) -> Vec<String> {
    let columns = columns.max(20);
    let whole = |part: &String| if width(part) < columns { part.replace(' ', "\u{a0}") } else { part.clone() };
    let parts: Vec<String> = parts.iter().map(whole).collect();
    let text = parts.join(&format!("\u{a0}{} ", canvas.theme.symbols.between));
    wrapped(&text, columns, most).into_iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

fn draw_row(line: &mut Line<'_>, row: &TableRow, fit: &Fit, style: Style) {
    line.column(&row.name, fit.name, style);
    for (place, columns) in &fit.columns {
        to_the_right(line, row.cells.get(*place).map_or("", String::as_str), *columns, style);
    }
}

/// Write `text` at the right of a column.
fn to_the_right(line: &mut Line<'_>, text: &str, columns: u16, style: Style) {
    line.skip(columns.saturating_sub(width(text))).text(text, style);
}
