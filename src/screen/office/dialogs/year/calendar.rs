//! The calendar of a pupil's year: weekdays down, weeks across, holidays as gaps with their names, and beside each row how much of it
//! was missed.

use chrono::{NaiveDate, Weekday};
use ratatui::layout::{Direction, Rect};
use ratatui::style::Style;
use ratatui::symbols::bar;
use ratatui::text::Line as Label;
use ratatui::widgets::{Bar, BarChart, BarGroup, Widget};

use crate::domain::calendar::session::Session;
use crate::domain::code::CodeTable;
use crate::domain::figures::Figures;
use crate::domain::year::pattern::{WEEKDAYS, stands_out};
use crate::domain::year::{Meaning, PupilYear, Slot};
use crate::report::year::grid::{Column, Grid, LABEL, SUMS, in_week, letters};
use crate::report::year::percent;
use crate::screen::theme::Theme;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::width;

/// How wide a week and a holiday are, the widest that fits first.
const WIDTHS: [(usize, usize); 9] = [(4, 6), (4, 4), (4, 2), (3, 4), (2, 4), (2, 2), (1, 3), (1, 2), (1, 1)];
/// What a row's absences take beside the calendar: "!12/38   32 %", and a short bar.
const PATTERN: usize = 19;
/// Of these the numbers alone, and the blanks before them.
const NUMBERS: usize = 16;

/// How the calendar stands in the columns and lines that there are.
pub(super) struct Shape {
    pub(super) grid: Grid,
    /// Columns of it to the left of what shows.
    from: usize,
    /// A blank line parts the weekdays.
    pub(super) is_spaced: bool,
    /// Lines of what the half-terms come to.
    pub(super) sums: u16,
}

impl Shape {
    /// Lines of it.
    pub(super) fn height(&self) -> u16 {
        2 + if self.is_spaced { 14 } else { 10 } + self.sums
    }

    /// As large as fits in so many columns; where even the smallest does not, the weeks about the chosen day show.
    pub(super) fn new(year: &PupilYear, chosen: Option<NaiveDate>, columns: u16) -> Shape {
        let room = usize::from(columns).saturating_sub(LABEL);
        let mut grids = WIDTHS.into_iter().map(|widths| Grid::new(year, widths));
        let fits = grids.clone().find(|grid| grid.width() + PATTERN <= room);
        let grid = fits.or_else(|| grids.next_back()).unwrap_or_else(|| Grid::new(year, (1, 1)));
        let place = chosen.and_then(|chosen| grid.place(chosen)).unwrap_or_default();
        let from = if grid.width() <= room { 0 } else { (place + 1).saturating_sub(room.max(1)) };
        Shape { grid, from, is_spaced: false, sums: 0 }
    }

    /// The line of a weekday's session.
    fn line(&self, weekday: Weekday, session: Session) -> usize {
        let days = weekday.num_days_from_monday() as usize;
        2 + days * if self.is_spaced { 3 } else { 2 } + usize::from(session == Session::Pm)
    }

    /// Draw labels at their places, those that show.
    fn labels(&self, labels: &[(usize, String)], row: usize, area: Rect, style: Style, canvas: &mut Canvas<'_>) {
        for (x, text) in labels.iter().filter(|(x, _)| *x >= self.from) {
            let x = u16::try_from(LABEL + x - self.from).unwrap_or(u16::MAX);
            canvas.line(area, row).skip(x).text(text, style);
        }
    }

    pub(super) fn draw(&self, year: &PupilYear, chosen: Option<NaiveDate>, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        self.labels(&self.grid.half_terms(year), 0, area, theme.title, canvas);
        self.labels(&self.grid.months(year), 1, area, theme.dim, canvas);
        for weekday in WEEKDAYS {
            for session in Session::BOTH {
                self.draw_row(year, (weekday, session), chosen, area, canvas);
            }
        }
        self.draw_holidays(area, canvas);
        self.draw_sums(year, area, canvas);
        self.draw_pattern(year, area, canvas);
    }

    fn draw_row(
        &self,
        year: &PupilYear,
        (weekday, session): (Weekday, Session),
        chosen: Option<NaiveDate>,
        area: Rect,
        canvas: &mut Canvas<'_>,
    ) {
        let (theme, codes) = (canvas.theme, canvas.context.roll().codes.clone());
        let row = self.line(weekday, session);
        let name = if session == Session::Am { format!("{weekday} AM") } else { "    PM".to_owned() };
        canvas.line(area, row).text(&name, theme.dim);
        // Two weeks do not run into each other where they are wide enough for that.
        let columns = self.grid.widths.0.saturating_sub(1).max(1);
        let ahead = if theme.ascii { "." } else { theme.symbols.between };
        let mut line = canvas.line(area, row);
        line.skip(u16::try_from(LABEL).unwrap_or_default());
        let mut written = self.from;
        for (column, x) in self.grid.columns.iter().filter(|(_, x)| *x >= self.from) {
            let Column::Week(monday) = column else { continue };
            let Some(date) = in_week(*monday, weekday) else { continue };
            let Some(slot) = year.day(date).map(|day| day.of(session)) else { continue };
            let style = style(slot, &codes, theme);
            let text = letters(slot, columns, ahead);
            let is_chosen = chosen == Some(date);
            let text = if is_chosen { format!("{text:1}") } else { text };
            let style = if is_chosen { style.patch(theme.chosen) } else { style };
            line.skip(u16::try_from(x - written).unwrap_or_default()).text(&text, style);
            written = x + usize::from(width(&text));
        }
    }

    /// The holidays' names, from top to bottom in their gaps.
    fn draw_holidays(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let lines = if self.is_spaced { 14 } else { 10 };
        // Where no blank parts it from the marks, a letter would be read with them.
        if self.grid.widths.0 == 1 && self.grid.widths.1 < 3 {
            return;
        }
        for (column, x) in self.grid.columns.iter().filter(|(_, x)| *x >= self.from) {
            let Column::Holiday(name) = column else { continue };
            let x = LABEL + x - self.from + (self.grid.widths.1 - 1) / 2;
            let top = 2 + (lines - name.len().min(lines)) / 2;
            // In small letters, and without a hyphen: neither is to be taken for a mark.
            let letters = name.to_lowercase().replace('-', " ");
            let x = u16::try_from(x).unwrap_or(u16::MAX);
            for (row, letter) in (top..2 + lines).zip(letters.chars()) {
                canvas.line(area, row).skip(x).text(letter.encode_utf8(&mut [0; 4]), theme.dim);
            }
        }
    }

    /// What each half-term comes to, below its weeks.
    fn draw_sums(&self, year: &PupilYear, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        for (row, (name, of)) in SUMS.into_iter().enumerate().take(self.sums.into()) {
            let row = row + usize::from(self.height() - self.sums);
            canvas.line(area, row).text(name, theme.dim);
            self.labels(&self.grid.sums(year, of), row, area, theme.plain, canvas);
        }
    }

    /// How much of each row was missed, in numbers and as a bar.
    fn draw_pattern(&self, year: &PupilYear, area: Rect, canvas: &mut Canvas<'_>) {
        let left = LABEL + self.grid.width() - self.from;
        let left = u16::try_from(left).unwrap_or(u16::MAX).saturating_add(1);
        let room = area.width.saturating_sub(left);
        if usize::from(room) < NUMBERS {
            return;
        }
        let theme = canvas.theme;
        canvas.line(area, 0).skip(left).text(" Missed by weekday", theme.title);
        let all = year.figures;
        let rate = |part: &Figures| u64::from(part.absent()) * 1000 / u64::from(part.possible.max(1));
        let bar = |part: Figures| {
            let is_strong = stands_out(&part, &all);
            let text = format!(
                "{}{:>2}/{:<3} {:>5}",
                if is_strong { "!" } else { " " },
                part.absent(),
                part.possible,
                percent(&part)
            );
            let style = if is_strong { theme.overdue } else { theme.plain };
            Bar::default().value(rate(&part)).text_value(String::new()).label(Label::styled(text, style)).style(style)
        };
        let parts = |weekday| Session::BOTH.map(|session| year.weekdays.of(weekday, session));
        // A tenth fills a quarter of the bar at the least: whoever missed little has short bars.
        let longest = WEEKDAYS.into_iter().flat_map(parts).map(|part| rate(&part)).max().unwrap_or_default().max(400);
        let full = if theme.ascii { "#" } else { bar::FULL };
        let mut chart = BarChart::default()
            .direction(Direction::Horizontal)
            .bar_width(1)
            .bar_gap(0)
            .group_gap(u16::from(self.is_spaced))
            .bar_set(bar::Set { full, ..bar::NINE_LEVELS })
            .max(longest);
        for weekday in WEEKDAYS {
            chart = chart.data(BarGroup::default().bars(&parts(weekday).map(bar)));
        }
        let place = Rect { x: area.x + left, y: area.y + 2, width: room, height: self.height() - 2 - self.sums };
        chart.render(place.intersection(area), canvas.buffer);
    }
}

/// What the symbols mean, in as many lines as it takes, as far as they fit.
pub(super) fn legend(area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let ahead = if theme.ascii { "." } else { theme.symbols.between };
    let (mut row, mut used) = (0, 0);
    for (symbols, means, style) in [
        ("/\\", "present", theme.dim),
        ("L U", "late", theme.key),
        ("I M", "authorised", theme.authorised),
        ("O G", "unauthorised", theme.overdue),
        ("N", "unexplained", theme.unexplained),
        ("V", "elsewhere", theme.done),
        ("X", "not due", theme.plain),
        ("-", "no mark", theme.title),
        (ahead, "to come", theme.dim),
    ] {
        let columns = width(symbols) + 1 + width(means);
        if used + columns > area.width {
            (row, used) = (row + 1, 0);
        }
        canvas.line(area, row).skip(used).text(symbols, style).skip(1).text(means, theme.dim);
        used += columns + 2;
    }
}

/// How a session looks: what is usual is quiet, and each kind of absence has its own.
fn style(slot: Slot, codes: &CodeTable, theme: &Theme) -> Style {
    match slot {
        Slot::None | Slot::Ahead | Slot::Uncounted(_) => theme.dim,
        Slot::Blank => theme.title,
        Slot::Marked(mark) => match Meaning::of(mark.code, codes) {
            Meaning::Present => theme.dim,
            Meaning::Late => theme.key,
            Meaning::Elsewhere => theme.done,
            Meaning::Authorised => theme.authorised,
            Meaning::Unauthorised => theme.overdue,
            Meaning::Unexplained => theme.unexplained,
            Meaning::NotRequired => theme.plain,
        },
    }
}
