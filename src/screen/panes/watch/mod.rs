//! The watch list: pupils the team keeps an eye on, and what has changed since it was last looked at.

use std::collections::HashMap;

use crate::domain::act::Act;
use crate::domain::evidence::Mark;
use crate::domain::pupil::PupilId;
use crate::domain::watch::Watched;
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
pub struct Watch {
    keys: Keymap<Action>,
    list: List<PupilId>,
    rows: Vec<Row>,
    /// The mark each pupil had when the list was last looked at.
    seen: HashMap<PupilId, Option<Mark>>,
}

/// One watched pupil as they stand now.
#[derive(Clone, Debug)]
pub struct Row {
    watched: Watched,
    mark: Option<Mark>,
    changed: bool,
}

impl Watch {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>) -> Watch {
        Watch { keys, list: List::default(), rows: Vec::new(), seen: HashMap::new() }
    }

    /// Take the day as it is now. A pupil new to the list counts as looked at.
    pub fn refresh(&mut self, scene: &Scene, ours: &dyn Fn(PupilId) -> bool) {
        let rows = scene.day.watched.iter().map(|watched| {
            let mark = scene.day.mark(watched.pupil, scene.session()).settled;
            let seen = *self.seen.entry(watched.pupil).or_insert(mark);
            Row { watched: watched.clone(), mark, changed: seen != mark }
        });
        self.rows = rows.collect();
        self.list.refresh(self.rows.iter().map(|row| row.watched.pupil).collect(), ours);
    }

    /// The officer has looked: nothing counts as changed any more.
    pub fn looked_at(&mut self) {
        for row in &mut self.rows {
            self.seen.insert(row.watched.pupil, row.mark);
            row.changed = false;
        }
    }

    /// The chosen pupil.
    pub fn chosen(&self) -> Option<PupilId> {
        self.list.chosen()
    }

    /// "9 · 2 changed".
    pub fn count(&self, between: &str) -> String {
        let changed = self.changed();
        let changed = if changed > 0 { format!(" {between} {changed} changed") } else { String::new() };
        format!("{}{changed}", self.rows.len())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many have changed since last looked at.
    pub fn changed(&self) -> usize {
        self.rows.iter().filter(|row| row.changed).count()
    }

    /// Hear a key.
    pub fn heard(&mut self, key: Key, list_keys: &Keymap<list::Action>) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Seen) => {
                self.looked_at();
                return Outcome::Nothing;
            }
            Some(Action::Drop) => {
                return match self.list.chosen() {
                    Some(pupil) => Outcome::Do(Act::Unwatch { pupil }),
                    None => Outcome::Say("Choose a pupil first.".to_owned()),
                };
            }
            None => {}
        }
        match self.list.heard(key, list_keys) {
            Some(list::Action::Open) => self.chosen().map_or(Outcome::Nothing, |id| Outcome::Open(Ask::Card(id))),
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    /// The keys of this pane, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        let drop = self.chosen().map(|_| (Action::Drop, "take off"));
        let seen = (self.changed() > 0).then_some((Action::Seen, "all seen"));
        self.keys.hints(&drop.into_iter().chain(seen).collect::<Vec<_>>())
    }

    /// The keys of this pane.
    pub fn keys(&self) -> &Keymap<Action> {
        &self.keys
    }
}
