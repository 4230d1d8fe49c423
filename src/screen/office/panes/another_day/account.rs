//! The account of another day: how many stand with which mark in each session, and what was done about them.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::ListOfDay;
use crate::domain::act::Receipt;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::day::count::Count;
use crate::keys::{Key, Keymap};
use crate::report::document::thousands;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::{Tense, ViewContext};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::list;
use crate::screen::widgets::pane::{Column, Pane, PaneName};
use crate::screen::widgets::text::{Line, width, wrapped_within};

/// Columns of a session's number with the blank before it, at least.
const NUMBER: u16 = 5;
/// Columns of a code, and of the blank behind it.
const CODE: u16 = 3;

/// How a row stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Plain,
    Open,
}

impl Weight {
    fn style(self, theme: &Theme) -> Style {
        match self {
            Weight::Plain => theme.plain,
            Weight::Open => theme.overdue,
        }
    }
}

/// What stands in a line, and in its column of each session.
struct Row {
    weight: Weight,
    /// The code, where the line is of one.
    code: String,
    label: String,
    numbers: Vec<String>,
}

impl Row {
    /// A line of words alone.
    fn said(label: String) -> Row {
        Row { weight: Weight::Plain, code: String::new(), label, numbers: Vec::new() }
    }

    /// The columns that its words take when none is cut.
    fn needs(&self) -> u16 {
        width(&self.label) + if self.code.is_empty() { 0 } else { CODE }
    }
}

/// The pane.
#[derive(Default)]
pub struct AccountOfDay {
    list: ListOfDay<usize>,
    /// The sessions, above their columns.
    heads: Vec<String>,
    rows: Vec<Row>,
    /// Columns of a session's number.
    number: u16,
    on_roll: usize,
}

/// The marks of each session, down to the codes.
fn marks(day: &Day, tense: Tense) -> Vec<Row> {
    let counts: Vec<Count> = day.sessions().iter().map(|session| Count::of(day, *session)).collect();
    let row = |weight, code: &str, label: &str, of: &dyn Fn(&Count) -> usize| {
        let numbers = counts.iter().map(|count| thousands(of(count))).collect();
        Row { weight, code: code.to_owned(), label: label.to_owned(), numbers }
    };
    let mut codes: Vec<Code> = Vec::new();
    for (code, _) in counts.iter().flat_map(|count| &count.by_code) {
        if !codes.contains(code) {
            codes.push(*code);
        }
    }
    let mut rows = vec![row(Weight::Plain, "", "On roll", &|count| count.on_roll)];
    if tense != Tense::Ahead {
        rows.push(row(Weight::Plain, "", "In", &|count| count.marked_in));
        rows.push(row(Weight::Plain, "", " L and U", &|count| count.late));
    }
    for code in codes {
        let meaning = day.roll.codes.row(code).map_or("", |row| &row.meaning);
        let weight = if code == Code::N { Weight::Open } else { Weight::Plain };
        rows.push(row(weight, code.as_str(), meaning, &|count| count.with(code)));
    }
    if tense != Tense::Ahead {
        let weight = if counts.iter().any(|count| count.blank > 0) { Weight::Open } else { Weight::Plain };
        rows.push(row(weight, "", "No mark", &|count| count.blank));
    }
    rows
}

/// When the sessions are, and what was done on the day.
fn happened(day: &Day, tense: Tense) -> Vec<Row> {
    let times = day.sessions().iter().filter_map(|session| Some((session, day.session_times(*session)?)));
    let mut rows = vec![Row::said(String::new())];
    rows.extend(times.map(|(session, times)| {
        let [opens, closes] = [times.opens, times.closes].map(|time| time.format("%H:%M"));
        Row::said(format!("{session} {opens}-{closes}"))
    }));
    if tense == Tense::Ahead {
        return rows;
    }
    let done = [
        (day.calls.len(), "call", "calls"),
        (day.messages.len(), "message", "messages"),
        (day.movements.len(), "time out or back", "times out or back"),
        (day.steps.len(), "step", "steps"),
    ];
    rows.extend(
        done.into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, more)| Row::said(format!("{count} {}", if count == 1 { one } else { more }))),
    );
    rows
}

impl Pane for AccountOfDay {
    fn name(&self) -> PaneName {
        PaneName { title: "Account", tab: "Account", short: "Acc" }
    }

    fn column(&self) -> Column {
        Column::Right
    }

    fn refresh(&mut self, context: &ViewContext, _own_receipt: Option<&Receipt>) {
        let day = &context.day;
        self.on_roll = day.on_roll().count();
        self.heads = match &day.closed {
            Some(_) => Vec::new(),
            None => day.sessions().iter().map(Session::to_string).collect(),
        };
        self.rows = match &day.closed {
            Some(why) => vec![Row::said(format!("No school: {why}."))],
            None => marks(day, context.tense).into_iter().chain(happened(day, context.tense)).collect(),
        };
        self.number = number_columns(self.rows.iter().flat_map(|row| &row.numbers));
        self.list.take(day.date, (0..self.rows.len()).collect(), |_| false);
    }

    fn handle_key(&mut self, key: Key, _context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        self.list.list.handle_key(key, list).map_or(Outcome::Ignored, |_| Outcome::Nothing)
    }

    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn len(&self) -> usize {
        self.on_roll
    }

    fn count(&self, _between: &str) -> String {
        format!("{} on roll", thousands(self.on_roll))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let room = area.width.saturating_sub(self.columns(&self.heads));
        let head = u16::from(!self.heads.is_empty());
        let listed = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let spare = area.height.saturating_sub(head.saturating_add(listed).saturating_add(1));
        let told = self.told_below(room, area.width, spare.into());
        let below = u16::try_from(told.iter().flatten().count()).unwrap_or(u16::MAX);
        let parts = [
            Constraint::Length(head),
            Constraint::Max(listed),
            Constraint::Length(u16::from(below > 0)),
            Constraint::Length(below),
            Constraint::Fill(1),
        ];
        let [head, list, _, below, _] = Layout::vertical(parts).areas(area);
        write_numbers(canvas.line(head, 0).skip(room), &self.heads, self.number, theme.title);
        self.list.list.draw(list, canvas, |mut drawn| {
            let Some(row) = self.rows.get(drawn.place) else { return };
            let style = drawn.style.patch(row.weight.style(theme));
            let wide = drawn.line.room().saturating_sub(self.columns(&row.numbers));
            let is_told = told.get(drawn.place).is_some_and(|lines| !lines.is_empty());
            let label = if is_told { "" } else { &row.label };
            let code = if row.code.is_empty() { 0 } else { CODE };
            drawn.line.bar(&row.code, code, style);
            match row.numbers.is_empty() {
                true => drawn.line.text(label, style),
                // A number brings the blank before it.
                false => drawn.line.column(label, wide.saturating_sub(code), style),
            };
            write_numbers(&mut drawn.line, &row.numbers, self.number, row.weight.style(theme));
        });
        for (place, line) in told.iter().flatten().enumerate() {
            canvas.line(below, place).text(line, theme.dim);
        }
    }
}

impl AccountOfDay {
    /// Of each row what its code means, in lines of `columns`, where that does not fit into `room`: told below the rows, as far as
    /// `most` lines hold.
    fn told_below(&self, room: u16, columns: u16, most: usize) -> Vec<Vec<String>> {
        let mut left = most;
        let told = |row: &Row| {
            if row.code.is_empty() || row.needs() <= room {
                return Vec::new();
            }
            let lines = wrapped_within(&format!("{:<2} {}", row.code, row.label), columns, 0, 1);
            let Some(rest) = left.checked_sub(lines.len()) else { return Vec::new() };
            left = rest;
            lines
        };
        self.rows.iter().map(told).collect()
    }

    /// The columns that so many numbers take.
    fn columns(&self, numbers: &[String]) -> u16 {
        self.number.saturating_mul(u16::try_from(numbers.len()).unwrap_or(0))
    }
}

/// The columns that the longest number takes, with the blank before it.
fn number_columns<'a>(numbers: impl Iterator<Item = &'a String>) -> u16 {
    numbers.map(|number| width(number) + 1).max().unwrap_or(0).max(NUMBER)
}

/// Numbers stand below each other by their last digit.
fn write_numbers(line: &mut Line<'_>, numbers: &[String], columns: u16, style: Style) {
    for number in numbers {
        let room = usize::from(columns);
        line.column(&format!("{number:>room$}"), columns, style);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::screen::theme::Look;

    #[test]
    fn thousands_stand_apart_and_below_each_other() {
        let theme = Theme::new(Look::default());
        assert_eq!(number_columns(["1,000".to_owned(), "7".to_owned()].iter()), 6);
        assert_eq!(number_columns(["909".to_owned()].iter()), NUMBER);
        let area = Rect::new(0, 0, 12, 2);
        let mut buffer = Buffer::empty(area);
        for (row, numbers) in [["1,000", "1,000"], ["909", "7"]].into_iter().enumerate() {
            let numbers = numbers.map(str::to_owned);
            write_numbers(&mut Line::new(&mut buffer, area, row, &theme), &numbers, 6, theme.plain);
        }
        assert_eq!(buffer, Buffer::with_lines([" 1,000 1,000", "   909     7"]));
    }
}
