//! How a case is drawn: what is known of it, and below that the chronology.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::OneCase;
use crate::domain::calendar::any_day::named;
use crate::domain::cases::caseload::Pressing;
use crate::domain::cases::chronology::Line;
use crate::domain::cases::file::CaseFile;
use crate::domain::counted::counted;
use crate::domain::name::clean;
use crate::screen::office::dialogs::cases::told::opened;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::reading::TextLine;
use crate::screen::widgets::text::{wrapped, wrapped_within};

/// Columns of a line's date and time.
const WHEN: usize = 19;

/// What is known of the case, a line each.
pub fn header(it: &OneCase, file: Option<&CaseFile>, columns: u16, canvas: &Canvas<'_>) -> Vec<(String, Style)> {
    let Canvas { context, theme, .. } = *canvas;
    let today = context.now.date();
    let mut lines = Vec::new();
    let mut say = |text: &str, style| lines.extend(wrapped(text, columns, 3).into_iter().map(|line| (line, style)));
    let attendance = it.told.as_ref().map(|(_, figures)| format!("Attendance this school year {figures}"));
    let case = file.and_then(CaseFile::open_case);
    match &case {
        Some(case) => say(&opened(case), theme.plain),
        None => match file.and_then(|file| file.cases().pop()).and_then(|case| Some((case.closed?, case.stage))) {
            Some(((on, reason, why), stage)) => {
                let why = if why.is_empty() { String::new() } else { format!(": {why}") };
                let (on, reason) = (named(on, today), reason.describe());
                say(&clean(&format!("The last case was closed {on} at {stage}, {reason}{why}")), theme.plain);
            }
            None => say("There was no case about the pupil.", theme.plain),
        },
    }
    if let Some(text) = &attendance {
        say(text, theme.title);
    }
    for (what, by) in case.iter().flat_map(|case| &case.targets) {
        let by = by.map(|by| format!(", by {}", named(by, today))).unwrap_or_default();
        say(&clean(&format!("Target: {what}{by}")), theme.plain);
    }
    for due in context.day.due_of(it.pupil) {
        let is_overdue = due.pressing(context.now) == Pressing::Overdue;
        say(&due.line(context.now), if is_overdue { theme.overdue } else { theme.plain });
    }
    let triggers = context.triggers.iter().flat_map(|all| all.iter()).filter(|one| one.pupil == it.pupil);
    for one in triggers.map(|one| &one.trigger) {
        say(&format!("Met {}: {}, {}", named(one.met, today), one.kind.name(), one.describe()), theme.plain);
    }
    lines
}

/// The line between: from when the chronology is, and which way it goes.
pub fn draw_rule(it: &OneCase, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let mut line = canvas.line(area, 0);
    if let Some((told, _)) = &it.told {
        let (from, lines) = (told.dates.start().format("%-d %b %Y"), counted(told.lines.len(), "line"));
        let order = if it.is_newest_first { "newest first" } else { "oldest first" };
        line.text(&format!("Chronology from {from}: {lines}, {order} "), theme.title);
    }
    let rule = if theme.ascii { "-" } else { "─" };
    let room = usize::from(line.room());
    line.text(&rule.repeat(room), theme.border);
}

/// The chronology in so many columns.
pub fn chronology(it: &OneCase, columns: u16, context: &ViewContext, theme: &Theme) -> Vec<TextLine> {
    let Some((told, _)) = &it.told else { return vec![vec![("It is being read.".to_owned(), theme.dim)]] };
    if told.lines.is_empty() {
        return vec![vec![("Nothing is in the record.".to_owned(), theme.plain)]];
    }
    let today = context.now.date();
    let of = |line: &Line| {
        let time = line.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
        let when = format!("{:<WHEN$}", format!("{}{time}", line.date.format("%-d %b %Y")));
        let style = if line.date == today { theme.title } else { theme.plain };
        let texts = wrapped_within(&line.text(), columns, WHEN, WHEN);
        let pieces = texts.into_iter().enumerate().map(move |(place, text)| match text.get(WHEN..) {
            Some(text) if place == 0 => vec![(when.clone(), theme.dim), (text.to_owned(), style)],
            _ => vec![(text, style)],
        });
        pieces.collect::<Vec<_>>()
    };
    match it.is_newest_first {
        true => told.lines.iter().rev().flat_map(of).collect(),
        false => told.lines.iter().flat_map(of).collect(),
    }
}
