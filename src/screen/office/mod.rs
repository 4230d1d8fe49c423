//! The office: four panes, and the dialogs over them.

pub mod dialogs;
pub mod keymaps;
pub mod opening;
pub mod panes;

use super::outcome::Outcome;
use super::view_context::ViewContext;
use super::widgets::dialog::{Hint, SharedTyping};
use crate::domain::act::Receipt;
use crate::domain::people::pupil::PupilId;
use crate::domain::register::register_ref::RegisterRef;
use crate::keys::Key;
use keymaps::{Keymaps, pressable};
use panes::lateness::Lateness;
use panes::registers::Registers;
use panes::unexplained::Unexplained;
use panes::watch::Watch;

/// One of the four panes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pane {
    /// Unmarked registers.
    Registers,
    /// Unexplained absences.
    Unexplained,
    /// Lateness queue.
    Lateness,
    /// Watch list.
    Watch,
}

impl Pane {
    /// All four, in their order.
    pub const ALL: [Pane; 4] = [Pane::Registers, Pane::Unexplained, Pane::Lateness, Pane::Watch];

    /// The pane so many steps on, round and round.
    pub fn beside(self, step: usize) -> Pane {
        let here = Pane::ALL.iter().position(|pane| *pane == self).unwrap_or(0);
        Pane::ALL.get((here + step) % Pane::ALL.len()).copied().unwrap_or(self)
    }
}

/// The four panes.
pub struct Office {
    typing: SharedTyping,
    /// The pane that handles keys.
    pub focus: Pane,
    /// Unmarked registers.
    pub registers: Registers,
    /// Unexplained absences.
    pub unexplained: Unexplained,
    /// Lateness queue.
    pub lateness: Lateness,
    /// Watch list.
    pub watch: Watch,
}

impl Office {
    /// With the unexplained absences before the officer; empty until it is refreshed.
    pub fn new(keymaps: &Keymaps, desk: &str) -> Office {
        Office {
            typing: keymaps.typing.clone(),
            focus: Pane::Unexplained,
            registers: Registers::new(keymaps.registers.clone()),
            unexplained: Unexplained::new(keymaps.unexplained.clone(), desk.to_owned()),
            lateness: Lateness::new(keymaps.lateness.clone()),
            watch: Watch::new(keymaps.watch.clone()),
        }
    }

    /// The day was replaced; `ours` is the receipt of our own act, if that is what changed it.
    pub fn refresh(&mut self, context: &ViewContext, ours: Option<&Receipt>) {
        let by_us = |pupil: PupilId| ours.is_some_and(|receipt| receipt.pupils.contains(&pupil));
        let our_register = |whose: RegisterRef| match whose {
            RegisterRef::Group(group) => ours.is_some_and(|receipt| receipt.group == Some(group)),
            RegisterRef::Lesson(lesson) => ours.is_some_and(|receipt| receipt.lesson == Some(lesson)),
        };
        self.registers.refresh(context, &our_register);
        self.unexplained.refresh(context, ours);
        self.lateness.refresh(context, &by_us);
        self.watch.refresh(context, &by_us);
    }

    /// Handle a key.
    pub fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let list = &self.typing.list;
        match self.focus {
            Pane::Registers => self.registers.heard(key, context, list),
            Pane::Unexplained => self.unexplained.heard(key, context, list),
            Pane::Lateness => self.lateness.heard(key, list),
            Pane::Watch => self.watch.heard(key, context, list),
        }
    }

    /// To another pane; leaving the watch list is having looked at it.
    pub fn go(&mut self, pane: Pane) {
        if self.focus == Pane::Watch && pane != Pane::Watch {
            self.watch.looked_at();
        }
        self.focus = pane;
    }

    /// The pupil that the global keys are about.
    pub fn chosen(&self) -> Option<PupilId> {
        match self.focus {
            Pane::Registers => None,
            Pane::Unexplained => self.unexplained.chosen(),
            Pane::Lateness => self.lateness.chosen(),
            Pane::Watch => self.watch.chosen(),
        }
    }

    /// The keys that work in the pane.
    pub fn hints(&self) -> Vec<Hint> {
        match self.focus {
            Pane::Registers => self.registers.hints(),
            Pane::Unexplained => self.unexplained.hints(),
            Pane::Lateness => self.lateness.hints(),
            Pane::Watch => self.watch.hints(),
        }
    }

    /// What can be pressed in the pane: key, and what it does.
    pub fn pressable(&self) -> Vec<(String, &'static str)> {
        match self.focus {
            Pane::Registers => pressable(self.registers.keys()),
            Pane::Unexplained => pressable(self.unexplained.keys()),
            Pane::Lateness => pressable(self.lateness.keys()),
            Pane::Watch => pressable(self.watch.keys()),
        }
    }
}
