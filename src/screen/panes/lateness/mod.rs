//! The lateness queue: everyone who came late today, the latest first.

use crate::domain::lateness::{Late, lates};
use crate::domain::pupil::PupilId;
use crate::domain::session::Session;
use crate::keys::{Key, Keymap};

use super::super::dialog::Hint;
use super::super::list::{self, List};
use super::super::outcome::{Ask, Outcome};
use super::super::scene::Scene;

mod keys;
mod view;

pub use keys::Action;
pub use view::draw;

/// The pane's state.
#[derive(Debug)]
pub struct Lateness {
    keys: Keymap<Action>,
    list: List<(PupilId, Session)>,
    rows: Vec<Late>,
}

impl Lateness {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>) -> Lateness {
        Lateness { keys, list: List::default(), rows: Vec::new() }
    }

    /// Take the day as it is now.
    pub fn refresh(&mut self, scene: &Scene, ours: &dyn Fn(PupilId) -> bool) {
        self.rows = lates(&scene.day, scene.session());
        self.list.refresh(self.rows.iter().map(|row| (row.pupil, row.session)).collect(), |(pupil, _)| ours(pupil));
    }

    /// The chosen pupil.
    pub fn chosen(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    /// "43 · 5 after close".
    pub fn count(&self, between: &str) -> String {
        let after = self.rows.iter().filter(|row| row.mark.code == crate::domain::code::Code::U).count();
        let after = if after > 0 { format!(" {between} {after} after close") } else { String::new() };
        format!("{}{after}", self.rows.len())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Hear a key.
    pub fn heard(&mut self, key: Key, list_keys: &Keymap<list::Action>) -> Outcome {
        if let Some(Action::Log) = self.keys.get(key) {
            return Outcome::Open(Ask::Late(None));
        }
        match self.list.heard(key, list_keys) {
            Some(list::Action::Open) => self.chosen().map_or(Outcome::Nothing, |id| Outcome::Open(Ask::Card(id))),
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    /// The keys of this pane, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        self.keys.hints(&[(Action::Log, "log another")])
    }

    /// The keys of this pane.
    pub fn keys(&self) -> &Keymap<Action> {
        &self.keys
    }
}
