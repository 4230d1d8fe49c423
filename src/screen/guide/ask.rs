//! What is asked about the chosen column, with its answers; and what would be read, with the name to save under.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{GuideScreen, Stage};
use crate::domain::counted::counted;
use crate::exchange::profiles::guide::{Point, Trial};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
use crate::screen::widgets::text::{Line, width, wrapped};

/// Answers that have a number.
const NUMBERED: usize = 9;
/// Lines of a reason, at most.
const REASON: usize = 3;
/// Lines of what would be read, for each thing that is told.
const TOLD: usize = 6;

impl GuideScreen {
    /// What stands in the chosen column, what is thought of it and why, and what may be answered.
    pub(super) fn draw_asked(&self, area: Rect, buffer: &mut Buffer) {
        let Some(point) = self.chosen() else { return };
        let focused = matches!(self.stage, Stage::Choosing(_));
        let inner = self.framed(&point.label, focused, area, buffer);
        let mut row = 0;
        let samples = self.shown(point).join(&format!(" {} ", self.theme.symbols.between));
        if !samples.is_empty() {
            let room = inner.width;
            Line::new(buffer, inner, row, &self.theme).column(&samples, room, self.theme.plain);
            row += 1;
        }
        for line in wrapped(&sentence(&point.reason), inner.width, REASON) {
            Line::new(buffer, inner, row, &self.theme).text(&line, self.theme.dim);
            row += 1;
        }
        let style = if point.is_open() { self.theme.overdue } else { self.theme.plain };
        Line::new(buffer, inner, row, &self.theme).text(&question(point), style);
        row += 1;
        let used = u16::try_from(row).unwrap_or(u16::MAX).min(inner.height);
        let below = Rect { y: inner.y.saturating_add(used), height: inner.height.saturating_sub(used), ..inner };
        match &self.stage {
            Stage::Choosing(choices) => self.draw_choices(point, Some(choices), below, buffer),
            Stage::Columns | Stage::Trying(..) | Stage::Sure(..) => self.draw_choices(point, None, below, buffer),
        }
    }

    /// The answers: while they are gone through all of them, else those that are likely and as many others as have a number.
    fn draw_choices(&self, point: &Point, through: Option<&List<usize>>, area: Rect, buffer: &mut Buffer) {
        let height = usize::from(area.height);
        let all = point.choices.len();
        let some = all.min(point.likely.max(NUMBERED.min(point.fitting)));
        let shown = match through {
            Some(choices) => choices.window(height),
            // The last line says how many more there are.
            None if all <= some.min(height) => 0..all,
            None => 0..some.min(height.saturating_sub(1)),
        };
        let last = shown.end;
        self.numbered.set(if shown.start == 0 { last.min(NUMBERED) } else { 0 });
        for (row, place) in shown.enumerate() {
            let Some(choice) = point.choices.get(place) else { continue };
            let is_chosen = through.is_some_and(|choices| choices.chosen() == Some(place));
            let style = if is_chosen { self.theme.chosen } else { self.theme.plain };
            let mut line = Line::filled(buffer, area, row, style, &self.theme);
            let number = if place < NUMBERED { (place + 1).to_string() } else { String::new() };
            let mark = if point.settled() == Some(*choice) { self.theme.symbols.done } else { "" };
            line.column(&number, 2, style.patch(self.theme.key)).column(mark, 2, style);
            line.text(&self.guide.describe_choice(*choice), style);
        }
        let more = all.saturating_sub(last);
        if through.is_none() && more > 0 {
            let key = self.keys.typing.list.first_key(crate::screen::widgets::list::Action::Open).unwrap_or_default();
            Line::new(buffer, area, last, &self.theme).skip(4).text(&format!("{key}: {more} more"), self.theme.dim);
        }
    }

    /// What would be read, and the name; says where the cursor belongs.
    pub(super) fn draw_trial(
        &self,
        trial: Option<&Trial>,
        name: &Field,
        asks: Option<&str>,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let inner = self.framed("What would be read", true, area, buffer);
        let Some(trial) = trial else {
            Line::new(buffer, inner, 0, &self.theme).text("Reading", self.theme.dim);
            return None;
        };
        let mut row = 0;
        // The last two lines are the name's.
        let rows = usize::from(inner.height.saturating_sub(2));
        for (text, style) in self.told(trial) {
            for (place, line) in wrapped(&text, inner.width.saturating_sub(2), TOLD).iter().enumerate() {
                if row < rows {
                    Line::new(buffer, inner, row, &self.theme).skip(if place > 0 { 2 } else { 0 }).text(line, style);
                    row += 1;
                }
            }
        }
        let foot = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
        if let Some(asks) = asks {
            Line::new(buffer, foot, 0, &self.theme).text(asks, self.theme.overdue);
            return None;
        }
        let label = "Save as";
        Line::new(buffer, foot, 0, &self.theme).text(label, self.theme.plain);
        let behind = width(label) + 1;
        let place = Rect { x: foot.x.saturating_add(behind), width: foot.width.saturating_sub(behind).min(42), ..foot };
        name.draw(place, buffer, &self.theme)
    }

    /// What would be read, a line each.
    fn told(&self, trial: &Trial) -> Vec<(String, Style)> {
        let theme = &self.theme;
        let mut told: Vec<(String, Style)> = Vec::new();
        if let Some(why) = &trial.passed_over {
            told.push((format!("{why}: this profile would not be used."), theme.refused));
        }
        match trial.brings.is_empty() {
            true => told.push(("Nothing in the file could be used.".to_owned(), theme.refused)),
            false => told.push((format!("{}.", sentence(&trial.brings.join(", "))), theme.done)),
        }
        if let Some((known, all)) = trial.on_roll {
            let style = if known < all { theme.overdue } else { theme.plain };
            told.push((format!("On your roll: {known} of the {}.", counted(all, "pupil")), style));
        }
        if !trial.signs.is_empty() {
            told.push((format!("Signs that are no national codes: {}.", trial.signs.join("; ")), theme.plain));
        }
        if trial.refused > 0 {
            told.push((format!("Refused: {}.", counted(trial.refused, "row")), theme.overdue));
            told.extend(trial.first.iter().map(|one| (format!("  {one}."), theme.plain)));
        }
        if !trial.look_at.is_empty() {
            told.push(("To be looked at:".to_owned(), theme.plain));
            told.extend(trial.look_at.iter().map(|one| (format!("  {one}."), theme.dim)));
        }
        told
    }
}

fn question(point: &Point) -> String {
    match point.is_open() {
        true => point.question(),
        false => "Taken for this; another number changes it:".to_owned(),
    }
}

/// `text` with its first letter large.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
