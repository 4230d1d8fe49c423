//! Unmarked registers: whose register is missing or has blanks, and how often it has been chased.

use crate::domain::act::Act;
use crate::domain::pupil::GroupId;
use crate::domain::register::{ChaseMethod, Register, RegisterState};
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
        self.rows = rows(scene);
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
        super::hints(&self.keys, &[(Action::Chase, "chase"), (Action::ChaseHow, "chase how")])
    }

    /// The keys of this pane.
    pub fn keys(&self) -> &Keymap<Action> {
        &self.keys
    }
}

/// Registers of the session that are not taken, the longest overdue first, then those with blanks, then those not yet due.
pub fn rows(scene: &Scene) -> Vec<Row> {
    let Some(times) = scene.times() else { return Vec::new() };
    let due_after = scene.roll().school.register_due_after;
    let mut rows: Vec<Row> = scene
        .day
        .registers
        .iter()
        .filter(|register| register.session == scene.session())
        .map(|register| Row { state: register.state(scene.time(), times, due_after), register: register.clone() })
        .filter(|row| row.state != RegisterState::Taken)
        .collect();
    rows.sort_by_key(|row| match row.state {
        RegisterState::Overdue { minutes } => (0, -minutes),
        RegisterState::PartMarked { .. } => (1, 0),
        RegisterState::Unmarked | RegisterState::Taken => (2, 0),
    });
    rows
}
