//! Unmarked registers: whose register is missing or has blanks, and how often it has been chased.

use crate::domain::act::Act;
use crate::domain::pupil::GroupId;
use crate::domain::register::{ChaseMethod, Register, RegisterState};
use crate::domain::unmarked::unmarked;
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
pub struct Registers {
    keys: Keymap<Action>,
    list: List<GroupId>,
    rows: Vec<Row>,
    of: usize,
}

/// A register that is not taken.
#[derive(Clone, Debug)]
pub struct Row {
    register: Register,
    state: RegisterState,
}

impl Registers {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>) -> Registers {
        Registers { keys, list: List::default(), rows: Vec::new(), of: 0 }
    }

    /// Take the day as it is now.
    pub fn refresh(&mut self, scene: &Scene, ours: &dyn Fn(GroupId) -> bool) {
        let rows = unmarked(&scene.day, scene.session(), scene.time());
        self.rows = rows.iter().map(|row| Row { register: row.register.clone(), state: row.state }).collect();
        self.of = scene.day.registers.iter().filter(|register| register.session == scene.session()).count();
        self.list.refresh(self.rows.iter().map(|row| row.register.group).collect(), ours);
    }

    /// "4 of 35".
    pub fn count(&self) -> String {
        format!("{} of {}", self.rows.len(), self.of)
    }

    /// How many are not taken.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many should have been in by now.
    pub fn overdue(&self) -> usize {
        self.rows.iter().filter(|row| row.state != RegisterState::Unmarked).count()
    }

    /// Hear a key.
    pub fn heard(&mut self, key: Key, scene: &Scene, list_keys: &Keymap<list::Action>) -> Outcome {
        if let Some(action) = self.keys.get(key) {
            let Some(group) = self.list.chosen() else {
                return Outcome::Say("Choose a register first.".to_owned());
            };
            return match action {
                Action::Chase => Outcome::Do(Act::Chase { group, at: scene.at(), method: ChaseMethod::Phone }),
                Action::ChaseHow => Outcome::Open(Ask::Chase(group)),
            };
        }
        match self.list.heard(key, list_keys) {
            Some(list::Action::Open) => {
                self.list.chosen().map_or(Outcome::Nothing, |id| Outcome::Open(Ask::Register(id)))
            }
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    /// The keys of this pane, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        let shown = [(Action::Chase, "chase"), (Action::ChaseHow, "chase how")];
        super::hints(&self.keys, if self.list.chosen().is_some() { &shown } else { &[] })
    }

    /// The keys of this pane.
    pub fn keys(&self) -> &Keymap<Action> {
        &self.keys
    }
}
