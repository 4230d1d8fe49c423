//! Putting a pupil on the watch list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::dialog::{Action, Dialog, Hint, SharedTyping};
use super::super::field::Field;
use super::super::outcome::Outcome;
use super::super::scene::Scene;
use super::super::text::Line;
use super::super::theme::Theme;
use crate::domain::act::Act;
use crate::domain::dates::parse_day;
use crate::domain::pupil::PupilId;
use crate::keys::Key;

/// Why a pupil is watched, and until when.
pub struct WatchCard {
    typing: SharedTyping,
    pupil: PupilId,
    reason: Field,
    until: Field,
    in_until: bool,
}

impl WatchCard {
    /// Nothing typed yet.
    pub fn new(typing: SharedTyping, pupil: PupilId) -> WatchCard {
        WatchCard { typing, pupil, reason: Field::default(), until: Field::default(), in_until: false }
    }

    fn save(&self, scene: &Scene) -> Outcome {
        if self.reason.text().trim().is_empty() {
            return Outcome::Say("Say why, so that whoever sees the list knows.".to_owned());
        }
        let typed = self.until.text().trim();
        let until = if typed.is_empty() { None } else { parse_day(typed, scene.now.date()) };
        if until.is_none() && !typed.is_empty() {
            return Outcome::Say("The last day is written 28/11, fri, or left empty.".to_owned());
        }
        Outcome::Do(Act::Watch {
            pupil: self.pupil,
            reason: self.reason.text().to_owned(),
            until,
            owner: None,
            review: None,
            instead: None,
        })
    }
}

impl Dialog for WatchCard {
    fn title(&self, scene: &Scene) -> String {
        format!("Watch {}", scene.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &Scene) -> (u16, u16) {
        (60, 4)
    }

    fn heard(&mut self, key: Key, scene: &Scene) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.save(scene),
            Some(Action::Close) => return Outcome::Close,
            Some(Action::Next | Action::Previous) => self.in_until = !self.in_until,
            None => {
                let field = if self.in_until { &mut self.until } else { &mut self.reason };
                field.heard(key, &self.typing.field);
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &Scene) {
        let field = if self.in_until { &mut self.until } else { &mut self.reason };
        field.paste(text);
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        if let Some(already) = scene.day.watched.iter().find(|one| one.pupil == self.pupil) {
            let says = format!("On the list already: {} ({})", already.reason, already.who);
            Line::new(buffer, area, 3, theme).text(&says, theme.refused);
        }
        Line::new(buffer, area, 0, theme).text("Why", theme.plain);
        Line::new(buffer, area, 1, theme)
            .text("Until", theme.plain)
            .skip(24)
            .text("28/11, fri, or for good", theme.dim);
        let line = |row: u16, width: u16| Rect { x: area.x + 7, y: area.y + row, width, height: 1 }.intersection(area);
        let reason = self.reason.draw(line(0, area.width.saturating_sub(7)), buffer, theme);
        let until = self.until.draw(line(1, 20), buffer, theme);
        if self.in_until { until } else { reason }
    }

    fn hints(&self) -> Vec<Hint> {
        vec![
            self.typing.hint(Action::Save, "save"),
            self.typing.hint(Action::Next, "reason or last day"),
            self.typing.hint(Action::Close, "close"),
        ]
    }
}
