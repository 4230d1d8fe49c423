//! The year as it is drawn: what it adds up to, its calendar, and below that the chosen day.

use ratatui::layout::{Constraint, Layout, Rect};

use super::calendar::Shape;
use super::{Action, YearCard, calendar, day};
use crate::domain::year::PupilYear;
use crate::report::year::{calls, counts, lates_and_line, pattern, without_terms};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::wrapped;

/// Lines that the chosen day has at the least.
const DAY: u16 = 2;
/// Lines below the calendar with which the last says what the symbols mean.
const LEGEND: u16 = 6;
/// Lines with which the day has a heading of its own.
const HEADED: u16 = 4;

impl YearCard {
    /// The year above, the chosen day below.
    pub(super) fn draw_year(&self, area: Rect, canvas: &mut Canvas<'_>) {
        self.unseen.set(0);
        let theme = canvas.theme;
        let Some(year) = self.shown() else {
            let text = if self.is_recorded { "Reading the year." } else { "Putting down that it is opened here." };
            canvas.line(area, 0).text(text, theme.dim);
            return;
        };
        let mut shape = Shape::new(year, self.chosen, area.width);
        let mut head = self.head(year, area.width, canvas);
        // What there is room for: first the calendar and a line of the day, then all of the head, the sums, and air between the weekdays.
        let spare = area.height.saturating_sub(shape.height() + DAY);
        head.truncate(usize::from(spare.max(1)));
        let top = u16::try_from(head.len()).unwrap_or(u16::MAX);
        let spare = spare.saturating_sub(top);
        shape.sums = match spare {
            0 => 0,
            1..10 => 1,
            _ => 3,
        };
        shape.is_spaced = spare >= 14;
        if year.half_terms.is_empty() {
            shape.sums = 0;
        }
        let air = u16::from(spare >= 16);
        let [above, _, middle, below] = Layout::vertical([
            Constraint::Length(top),
            Constraint::Length(air),
            Constraint::Length(if year.half_terms.is_empty() { 0 } else { shape.height() }),
            Constraint::Fill(1),
        ])
        .areas(area);
        for (row, text) in head.iter().enumerate() {
            canvas.line(above, row).text(text, if row == 0 { theme.title } else { theme.plain });
        }
        if !year.half_terms.is_empty() {
            shape.draw(year, self.chosen, middle, canvas);
        }
        // Narrow screens have it in two lines.
        let legend = if area.width >= 115 { 1 } else { 2 };
        let legend = if below.height >= LEGEND { legend } else { 0 };
        let [below, last] = Layout::vertical([Constraint::Fill(1), Constraint::Length(legend)]).areas(below);
        self.draw_day(year, below, canvas);
        if legend > 0 {
            calendar::legend(last, canvas);
        }
    }

    /// What the year adds up to, in lines.
    fn head(&self, year: &PupilYear, columns: u16, canvas: &Canvas<'_>) -> Vec<String> {
        let symbols = &canvas.theme.symbols;
        let mut last = pattern(year, symbols.times);
        last.extend(calls(year));
        last.extend(watched(self, canvas.context));
        let unknown: Vec<String> = without_terms(year).map(str::to_owned).into_iter().collect();
        let parts = [unknown, counts(year), lates_and_line(year), last];
        let joined = parts.into_iter().filter(|parts| !parts.is_empty());
        let joined = joined.map(|parts| parts.join(&format!(" {} ", symbols.between)));
        // Wide screens have them in fewer lines.
        joined.flat_map(|text| wrapped(&text, columns.max(20), 3)).collect()
    }

    /// The chosen day's marks, and how many lines of them have no room.
    fn draw_day(&self, year: &PupilYear, area: Rect, canvas: &mut Canvas<'_>) {
        let Some(chosen) = self.chosen.filter(|_| area.height > 0) else { return };
        let theme = canvas.theme;
        let heading = day::heading(year, chosen);
        let (lines, body) = if area.height >= HEADED {
            let rule = if theme.ascii { "-" } else { "─" };
            let mut line = canvas.line(area, 0);
            line.text(&rule.repeat(2), theme.border).text(&format!(" {heading} "), theme.title);
            let rest = usize::from(line.room());
            line.text(&rule.repeat(rest), theme.border);
            let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
            (day::lines(year, chosen, self.marks_of(chosen), area.width, canvas), body)
        } else {
            // Without room for a heading the date stands before its marks.
            let date = format!("{}  ", chosen.format("%a %-d %b"));
            let columns = u16::try_from(date.len()).unwrap_or_default();
            canvas.line(area, 0).text(&date, theme.title);
            let body = Rect { x: area.x + columns.min(area.width), width: area.width.saturating_sub(columns), ..area };
            (day::lines(year, chosen, self.marks_of(chosen), body.width, canvas), body)
        };
        let height = usize::from(body.height);
        let unseen = lines.len().saturating_sub(height);
        self.unseen.set(unseen);
        for (row, pieces) in lines.iter().take(height).enumerate() {
            let mut line = canvas.line(body, row);
            for (text, style) in pieces {
                line.text(text, *style);
            }
        }
        if unseen > 0 {
            let key = self.keys.first_key(Action::Open).unwrap_or_default();
            let more = format!(" {key}: {unseen} more ");
            let place = Rect { x: body.right().saturating_sub(24.min(body.width)), width: 24.min(body.width), ..body };
            canvas.line(place, height.saturating_sub(1)).at_right(&more, theme.key);
        }
    }
}

/// "watched: red group (S Marsh)".
fn watched(card: &YearCard, context: &ViewContext) -> Option<String> {
    let watched = context.day.watched.iter().find(|one| one.pupil == card.pupil)?;
    Some(format!("watched: {} ({})", watched.reason, watched.who))
}
