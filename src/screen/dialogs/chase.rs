//! Choosing how a register is chased.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::dialog::{Dialog, Hint};
use super::super::outcome::Outcome;
use super::super::scene::Scene;
use super::super::text::Line;
use super::super::theme::Theme;
use crate::domain::act::Act;
use crate::domain::pupil::GroupId;
use crate::domain::register::ChaseMethod;
use crate::keys::{Action as _, Key, Keymap};

crate::actions! {
    /// What keys mean when choosing how to chase.
    pub Action in "chase" {
        Phone "phone" "rang the room" records;
        Message "message" "sent a message" records;
        Runner "runner" "sent somebody" records;
        Radio "radio" "called on the radio" records;
        Close "close" "close";
    }
}

/// Choosing how.
pub struct ChaseCard {
    keys: Keymap<Action>,
    group: GroupId,
}

impl ChaseCard {
    /// About one register.
    pub fn new(keys: Keymap<Action>, group: GroupId) -> ChaseCard {
        ChaseCard { keys, group }
    }
}

impl Dialog for ChaseCard {
    fn title(&self, scene: &Scene) -> String {
        let name = scene.roll().group(self.group).map_or("-", |group| &group.name);
        format!("Chase {name}")
    }

    fn size(&self, _: &Scene) -> (u16, u16) {
        (40, 8)
    }

    fn heard(&mut self, key: Key, scene: &Scene) -> Outcome {
        let method = match self.keys.get(key) {
            Some(Action::Phone) => ChaseMethod::Phone,
            Some(Action::Message) => ChaseMethod::Message,
            Some(Action::Runner) => ChaseMethod::Runner,
            Some(Action::Radio) => ChaseMethod::Radio,
            Some(Action::Close) => return Outcome::Close,
            None => return Outcome::Nothing,
        };
        Outcome::Do(Act::Chase { group: self.group, at: scene.at(), method })
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        for (row, entry) in Action::ALL.iter().filter(|entry| entry.records).enumerate() {
            let mut line = Line::new(buffer, area, row, theme);
            let key = self.keys.first_key(entry.action).unwrap_or_default();
            line.skip(2).column(&key, 3, theme.key).text(entry.help, theme.plain);
        }
        let chases = scene.day.register(self.group, scene.session()).map_or(&[][..], |register| &register.chases);
        for (row, chase) in chases.iter().rev().take(3).enumerate() {
            let says = format!("{} by {}, {}", chase.at.format("%H:%M"), chase.method.as_str(), chase.who);
            Line::new(buffer, area, 5 + row, theme).text(&says, theme.dim);
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        vec![(self.keys.first_key(Action::Close).unwrap_or_default(), "close".to_owned())]
    }
}
