//! Draws the unmarked registers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::register::{Register, RegisterState};
use crate::domain::session::minutes_after;

use super::super::super::scene::Scene;
use super::super::super::text::Line;
use super::super::super::theme::Theme;
use super::{Registers, Row};

/// Draw the pane inside its border.
pub fn draw(pane: &Registers, area: Rect, buffer: &mut Buffer, scene: &Scene, focused: bool, theme: &Theme) {
    if pane.rows.is_empty() {
        for (line, says) in empty(pane, scene).iter().enumerate() {
            Line::new(buffer, area, line, theme).text(says, theme.dim);
        }
        return;
    }
    let (shown, more) = pane.list.shown(area.height.into());
    Line::new(buffer, area, shown.len(), theme).more(more);
    for (line, row) in pane.rows.get(shown).unwrap_or_default().iter().enumerate() {
        let chosen = pane.list.chosen() == Some(row.register.group);
        let style = super::super::row_style(chosen, focused, theme);
        draw_row(row, Line::new(buffer, area, line, theme), scene, style, theme);
    }
}

/// Tutor and room go first when there is little room; group and state stay.
fn draw_row(row: &Row, mut line: Line<'_>, scene: &Scene, style: ratatui::style::Style, theme: &Theme) {
    let register = &row.register;
    let (state, overdue) = state(row, scene, theme);
    let state_style = if overdue { theme.overdue } else { theme.plain };
    let (group_width, state_width) = (6, 13);
    let spare = line.room().saturating_sub(group_width + state_width);
    let place_width = if spare >= 14 { 5 } else { 0 };
    let (tutor, place) = who_and_where(register, scene);
    let name = scene.roll().group(register.group).map_or("-", |group| &group.name);
    line.bar(name, group_width, style);
    if spare >= 6 {
        line.bar(&tutor, spare - place_width, style);
    }
    line.bar(&place, place_width, style).column(&state, state_width, state_style);
}

fn who_and_where(register: &Register, scene: &Scene) -> (String, String) {
    let group = scene.roll().group(register.group);
    let tutor = group.and_then(|group| scene.roll().member(group.tutor?)).map(|member| member.name.clone());
    let who = match &register.cover {
        Some(cover) => format!("{cover} (cover)"),
        None => tutor.unwrap_or_default(),
    };
    let place = register.room.clone().or_else(|| group.and_then(|group| group.room.clone()));
    (who, place.unwrap_or_default())
}

/// What is due, in a few words, with a symbol a chase; and whether it is past due.
fn state(row: &Row, scene: &Scene, theme: &Theme) -> (String, bool) {
    let (says, overdue) = match row.state {
        RegisterState::Overdue { minutes } => (format!("{minutes}m over"), true),
        RegisterState::PartMarked { marked, of } => {
            (format!("{marked}/{of} {} blank", of.saturating_sub(marked)), true)
        }
        RegisterState::Unmarked | RegisterState::Taken => {
            let after = scene.roll().school.register_due_after;
            let due = scene.times().map(|times| minutes_after(times.opens, after));
            (due.map_or_else(String::new, |due| format!("due {}", due.format("%H:%M"))), false)
        }
    };
    let chases = theme.symbols.chase.repeat(row.register.chases.len().min(4));
    (format!("{says} {chases}").trim_end().to_owned(), overdue)
}

/// Empty is a state worth a sentence.
fn empty(pane: &Registers, scene: &Scene) -> Vec<String> {
    if pane.of == 0 {
        return vec!["No registers today.".to_owned()];
    }
    let mut says = vec!["Every register is in.".to_owned()];
    let taken = scene.day.registers.iter().filter(|register| register.session == scene.session());
    if let Some((at, group)) = taken.filter_map(|register| Some((register.taken.as_ref()?.at, register.group))).max() {
        let name = scene.roll().group(group).map_or("", |group| &group.name);
        says.push(format!("Last: {name} at {}.", at.format("%H:%M")));
    }
    says
}
