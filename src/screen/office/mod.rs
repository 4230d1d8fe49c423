//! The office: the panes, and the dialogs over them.

pub mod dialogs;
pub mod panes;

use std::iter::repeat;
use std::rc::Rc;
use std::sync::Arc;

use super::outcome::Outcome;
use super::view_context::ViewContext;
use super::widgets::dialog::{Hint, SharedTyping, Typing};
use super::widgets::pane::{Amount, Column, Pane, PaneView};
use crate::domain::act::Receipt;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;
use crate::domain::watch::Standing;
use crate::keys::{Key, KeymapFile, Pressable};
use dialogs::DialogKeys;
use panes::PaneKeys;

/// The office's keys.
#[derive(Clone, Debug)]
pub struct Keymaps {
    /// The panes'.
    pub panes: PaneKeys,
    /// The dialogs'.
    pub dialogs: DialogKeys,
    /// What dialogs share.
    pub typing: SharedTyping,
}

impl Keymaps {
    /// The keys of `file`, which notes what is wrong with them.
    pub fn read(file: &mut KeymapFile) -> Keymaps {
        let typing = Rc::new(Typing {
            list: file.keymap(),
            several: file.keymap(),
            dialog: file.keymap(),
            field: file.keymap(),
        });
        Keymaps { panes: PaneKeys::read(file), dialogs: DialogKeys::read(file), typing }
    }
}

/// The office's panes, and which of them handles keys.
pub struct Office {
    typing: SharedTyping,
    panes: Vec<Box<dyn Pane>>,
    /// The place of the pane that handles keys, the first being 0.
    focus: usize,
    view: PaneView,
    /// How much each pane held when they last shared the space.
    amounts: Vec<Amount>,
}

impl Office {
    /// With the unexplained absences before the officer; empty until it is refreshed.
    pub fn new(keymaps: &Keymaps, desk: &str) -> Office {
        Office {
            typing: keymaps.typing.clone(),
            panes: panes::all(&keymaps.panes, &keymaps.typing, desk),
            focus: panes::FIRST,
            view: PaneView::All,
            amounts: Vec::new(),
        }
    }

    /// Share the space anew, by how much each pane holds now.
    pub fn share_space(&mut self) {
        self.amounts = self.panes.iter().map(|pane| Amount::of(pane.rows())).collect();
    }

    /// Where each pane stands, and how much it held when they last shared the space.
    pub fn shares(&self) -> Vec<(Column, Amount)> {
        let amounts = self.amounts.iter().copied().chain(repeat(Amount::Many));
        self.panes.iter().map(|pane| pane.column()).zip(amounts).collect()
    }

    /// The office on another day than today, with panes of its own; empty until it is refreshed. Whoever is `chosen` here stays so.
    pub fn of_another_day(keymaps: &Keymaps, chosen: Option<PupilId>) -> Office {
        Office {
            typing: keymaps.typing.clone(),
            panes: panes::of_another_day(chosen),
            focus: panes::FIRST,
            view: PaneView::All,
            amounts: Vec::new(),
        }
    }

    /// The day was replaced; `own_receipt` is the receipt of our own act, if that is what changed it.
    pub fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        self.panes.iter_mut().for_each(|pane| pane.refresh(context, own_receipt));
    }

    /// What the lists that rules make rest on has come.
    pub fn set_standing(&mut self, standing: &Arc<Standing>, context: &ViewContext) {
        self.panes.iter_mut().for_each(|pane| pane.set_standing(standing, context));
    }

    /// Before there is anything unexplained, the registers are before the officer: where one pane is shown, that is the morning's work.
    pub fn open_on_work(&mut self) {
        let holds = |place: usize| self.panes.get(place).is_some_and(|pane| pane.len() > 0);
        if !holds(self.focus) && holds(panes::REGISTERS) {
            self.focus = panes::REGISTERS;
        }
    }

    /// Handle a key.
    pub fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let pane = self.panes.get_mut(self.focus);
        pane.map_or(Outcome::Ignored, |pane| pane.handle_key(key, context, &self.typing.list))
    }

    /// To the pane in this place, the first being 0; nowhere if there is none.
    pub fn go(&mut self, place: usize) {
        if place == self.focus || place >= self.panes.len() {
            return;
        }
        if let Some(pane) = self.panes.get_mut(self.focus) {
            pane.leave();
        }
        self.focus = place;
    }

    /// To the next pane, round and round.
    pub fn go_on(&mut self) {
        self.go((self.focus + 1) % self.panes.len().max(1));
    }

    /// To the pane before, round and round.
    pub fn go_back(&mut self) {
        self.go(self.focus.checked_sub(1).unwrap_or(self.panes.len().saturating_sub(1)));
    }

    /// The pane that handles keys at full size, or all panes again.
    pub fn switch_full_size(&mut self) {
        self.view = match self.view {
            PaneView::All => PaneView::One,
            PaneView::One => PaneView::All,
        };
    }

    /// Which panes are to be shown.
    pub fn view(&self) -> PaneView {
        self.view
    }

    /// The panes, each with whether it handles keys.
    pub fn panes(&self) -> impl Iterator<Item = (&dyn Pane, bool)> {
        self.panes.iter().enumerate().map(|(place, pane)| (&**pane, place == self.focus))
    }

    /// The pane that handles keys.
    pub fn focused(&self) -> Option<&dyn Pane> {
        self.panes.get(self.focus).map(|pane| &**pane)
    }

    /// Grows whenever something happens of which somebody away from the screen is told.
    pub fn moves(&self) -> u64 {
        self.panes.iter().map(|pane| pane.moves()).sum()
    }

    /// The pupil that the global keys are about.
    pub fn chosen(&self) -> Option<PupilId> {
        self.focused().and_then(|pane| pane.chosen())
    }

    /// The marked rows of the pane, in its order.
    pub fn marked(&self) -> Vec<(PupilId, Session)> {
        self.focused().map(|pane| pane.marked()).unwrap_or_default()
    }

    /// Whether the choice in the pane went on by itself, to a row that the officer has not chosen.
    pub fn went_on(&self) -> bool {
        self.focused().is_some_and(Pane::went_on)
    }

    /// The row to which the choice went on by itself is the one that is meant.
    pub fn confirm(&mut self) {
        if let Some(pane) = self.panes.get_mut(self.focus) {
            pane.confirm();
        }
    }

    /// The keys that work in the pane.
    pub fn hints(&self) -> Vec<Hint> {
        self.focused().map(|pane| pane.hints()).unwrap_or_default()
    }

    /// What can be pressed in the pane: key, and what it does.
    pub fn pressable(&self) -> Vec<Pressable> {
        self.focused().map(|pane| pane.pressable()).unwrap_or_default()
    }
}
