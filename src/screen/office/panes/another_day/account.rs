//! The account of another day: how many stand with which mark in each session, and what was done about them.

use ratatui::layout::Rect;
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
use crate::screen::widgets::text::width;

/// Columns of a session's number, at least.
const NUMBER: u16 = 5;

/// How a row stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Heading,
    Plain,
    Open,
    Dim,
}

impl Weight {
    fn style(self, theme: &Theme) -> Style {
        match self {
            Weight::Heading => theme.title,
            Weight::Plain => theme.plain,
            Weight::Open => theme.overdue,
            Weight::Dim => theme.dim,
        }
    }
}

/// A label, and what stands in the column of each session.
struct Row(Weight, String, Vec<String>);

/// The pane.
#[derive(Default)]
pub struct AccountOfDay {
    list: ListOfDay<usize>,
    rows: Vec<Row>,
    on_roll: usize,
}

/// The marks of each session, down to the codes.
fn marks(day: &Day, tense: Tense) -> Vec<Row> {
    let counts: Vec<Count> = day.sessions().iter().map(|session| Count::of(day, *session)).collect();
    let row = |weight, label: &str, of: &dyn Fn(&Count) -> usize| {
        Row(weight, label.to_owned(), counts.iter().map(|count| thousands(of(count))).collect())
    };
    let mut codes: Vec<Code> = Vec::new();
    for (code, _) in counts.iter().flat_map(|count| &count.by_code) {
        if !codes.contains(code) {
            codes.push(*code);
        }
    }
    let heads = day.sessions().iter().map(Session::to_string).collect();
    let mut rows =
        vec![Row(Weight::Heading, String::new(), heads), row(Weight::Plain, "On roll", &|count| count.on_roll)];
    if tense != Tense::Ahead {
        rows.push(row(Weight::Plain, "In", &|count| count.marked_in));
        rows.push(row(Weight::Dim, "  L and U", &|count| count.late));
    }
    for code in codes {
        let meaning = day.roll.codes.row(code).map_or("", |row| &row.meaning);
        let weight = if code == Code::N { Weight::Open } else { Weight::Plain };
        rows.push(row(weight, &format!("{code:<2} {meaning}"), &|count| count.with(code)));
    }
    if tense != Tense::Ahead {
        let weight = if counts.iter().any(|count| count.blank > 0) { Weight::Open } else { Weight::Plain };
        rows.push(row(weight, "No mark", &|count| count.blank));
    }
    rows
}

/// When the sessions are, and what was done on the day.
fn happened(day: &Day, tense: Tense) -> Vec<Row> {
    let times = day.sessions().iter().filter_map(|session| Some((session, day.session_times(*session)?)));
    let mut rows = vec![Row(Weight::Plain, String::new(), Vec::new())];
    rows.extend(times.map(|(session, times)| {
        let [opens, closes] = [times.opens, times.closes].map(|time| time.format("%H:%M"));
        Row(Weight::Dim, format!("{session} {opens}-{closes}"), Vec::new())
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
    rows.extend(done.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, more)| {
        Row(Weight::Dim, format!("{count} {}", if count == 1 { one } else { more }), Vec::new())
    }));
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
        self.rows = match &day.closed {
            Some(why) => vec![Row(Weight::Plain, format!("No school: {why}."), Vec::new())],
            None => marks(day, context.tense).into_iter().chain(happened(day, context.tense)).collect(),
        };
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
        let numbers = self.rows.iter().flat_map(|Row(_, _, numbers)| numbers);
        let number_width = numbers.map(|number| width(number) + 1).max().unwrap_or(0).max(NUMBER);
        self.list.list.draw(area, canvas, |mut drawn| {
            let Some(Row(weight, label, numbers)) = self.rows.get(drawn.place) else { return };
            let style = drawn.style.patch(weight.style(theme));
            let wide = number_width * u16::try_from(numbers.len()).unwrap_or(0);
            let room = drawn.line.room().saturating_sub(wide);
            if numbers.is_empty() {
                drawn.line.text(label, style);
            } else {
                drawn.line.bar(label, room, style);
            }
            for number in numbers {
                let room = usize::from(number_width - 1);
                drawn.line.column(&format!("{number:>room$}"), number_width, weight.style(theme));
            }
        });
    }
}
