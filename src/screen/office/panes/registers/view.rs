//! Draws the unmarked registers.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Registers, Row};
use crate::domain::calendar::duration::{duration, overdue};
use crate::domain::calendar::session::minutes_after;
use crate::domain::facts::register::{RegisterState, ordinal};
use crate::domain::register::register_ref::RegisterRef;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::grades::Grades;
use crate::screen::widgets::text::{Line, width};

/// The columns of a row.
struct Columns {
    group: u16,
    lesson: u16,
    place: u16,
    state: u16,
}

/// Columns of a state that says only for how long: "+2h19".
const SHORT: u16 = 6;

/// From this width on there is room for whole words.
const WIDE: u16 = 64;

/// Draw the pane inside its border.
pub fn draw(pane: &Registers, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    if pane.rows.is_empty() {
        for (line, text) in empty(pane, context).iter().enumerate() {
            canvas.line(area, line).text(text, theme.dim);
        }
        return;
    }
    let lessons = pane.rows.iter().filter(|row| matches!(row.register, RegisterRef::Lesson(_)));
    let longest = lessons.map(|row| width(&row.name) + 2).max();
    let columns = match (area.width >= WIDE, longest) {
        (true, Some(longest)) => Columns { group: longest.clamp(6, 18), lesson: longest.min(18), place: 7, state: 31 },
        (true, None) => Columns { group: 6, lesson: 6, place: 7, state: 31 },
        (false, longest) => Columns { group: 6, lesson: longest.unwrap_or(0).min(14), place: 6, state: 11 },
    };
    // Short states leave their room to the names; they are not measured to the letter, or a chase would move the columns.
    let is_short = |row: &Row| width(&state(row, context, columns.state, theme)) <= SHORT;
    let state = if pane.rows.iter().all(is_short) { SHORT } else { columns.state };
    let rooms = pane.rows.iter().filter_map(|row| row.taker.room.as_deref()).map(width);
    let place = columns.place.min(rooms.max().unwrap_or(0) + 2);
    let columns = Columns { place, state, ..columns };
    let grades = Grades::new(theme, pane.rows.iter().map(Row::is_urgent));
    pane.list.draw(area, canvas, |drawn| {
        if let Some(row) = pane.rows.get(drawn.place) {
            let styles = [drawn.style, grades.of(drawn.place)];
            draw_row(row, drawn.line, &columns, context, styles, theme);
        }
    });
}

/// Tutor and room go first when there is little room; group and state stay.
fn draw_row(
    row: &Row,
    mut line: Line<'_>,
    columns: &Columns,
    context: &ViewContext,
    [style, state_style]: [Style; 2],
    theme: &Theme,
) {
    let name = if matches!(row.register, RegisterRef::Group(_)) { columns.group } else { columns.lesson };
    let spare = line.room().saturating_sub(name + columns.state);
    let place = if spare >= 16 { columns.place } else { 0 };
    line.bar(&row.name, name, style);
    if spare >= 7 {
        let who = row.taker.who.as_deref().unwrap_or_default();
        let who = if row.taker.covers { format!("{} {who}", theme.symbols.cover) } else { who.to_owned() };
        let times = row.habit.map_or_else(String::new, |count| format!("{}{count}", theme.symbols.times));
        // A bar ends in one blank; two part the columns.
        let room = spare - place - 1;
        // The count is never cut, the name is.
        let kept = if times.is_empty() { room } else { room.saturating_sub(width(&times) + 1).min(width(&who) + 1) };
        line.bar(&who, kept, style).bar(&times, room - kept, style).skip(1);
    }
    line.bar(row.taker.room.as_deref().unwrap_or_default(), place, style);
    let text = state(row, context, columns.state.min(line.room()), theme);
    line.column(&text, columns.state, state_style);
}

/// What is due and how it was chased, in the most words that fit `room` columns.
fn state(row: &Row, context: &ViewContext, room: u16, theme: &Theme) -> String {
    let (due, short) = match row.state {
        RegisterState::Overdue { minutes } => (overdue(minutes), overdue(minutes)),
        RegisterState::PartMarked { marked, of } => {
            (format!("{marked}/{of} {} blank", of.saturating_sub(marked)), format!("{marked}/{of}"))
        }
        RegisterState::Unmarked | RegisterState::Taken => {
            let after = context.roll().school.register_due_after;
            let due = context.times().map(|times| minutes_after(times.opens, after));
            let due = due.map_or_else(String::new, |due| format!("due {}", due.format("%H:%M")));
            (due.clone(), due)
        }
    };
    let chases = theme.symbols.chase.repeat(row.chases.min(4));
    let phrases = match (row.until, &row.last) {
        (Some(until), _) => {
            let until = format!("until {}", until.format("%H:%M"));
            vec![format!("{due} {chases} {until}"), format!("{until} {chases}"), until]
        }
        (None, Some(last)) => {
            let age = duration((context.now - last.at).num_minutes().max(0), "m");
            let (count, method) = (ordinal(row.chases), last.method.as_str());
            vec![
                format!("{due} {chases} {count} {method}, {age} ago"),
                format!("{due} {chases} {count}, {age} ago"),
                format!("{due} {chases} {age}"),
                format!("{short} {chases} {age}"),
                format!("{short} {chases}"),
                short,
            ]
        }
        (None, None) => vec![format!("{due} {chases}"), format!("{short} {chases}"), short],
    };
    let phrases = phrases.into_iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut phrases: Vec<String> = phrases.collect();
    let fits = phrases.iter().position(|text| width(text) <= room).unwrap_or(phrases.len().saturating_sub(1));
    phrases.swap_remove(fits)
}

/// Empty is a state worth a sentence.
fn empty(pane: &Registers, context: &ViewContext) -> Vec<String> {
    if pane.of == 0 {
        return vec!["No registers today.".to_owned()];
    }
    let mut text = vec!["Every register is in.".to_owned()];
    let taken = context.day.registers.iter().filter(|register| register.session == context.session());
    if let Some((at, group)) = taken.filter_map(|register| Some((register.taken.as_ref()?.at, register.group))).max() {
        let name = context.roll().group(group).map_or("", |group| &group.name);
        text.push(format!("Last: {name} at {}.", at.format("%H:%M")));
    }
    text
}
