//! What every pane of the office is: a list of the day's work that refreshes itself and handles keys.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::dialog::Hint;
use super::list;
use crate::domain::act::Receipt;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;
use crate::domain::watch::Standing;
use crate::keys::{Key, Keymap, Pressable};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;

/// Where a pane stands when all are shown at once; several in one column stand under one another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// At the left.
    Left,
    /// In the middle, where the most room is.
    Middle,
    /// At the right.
    Right,
}

/// How much a pane holds: of what little it needs, the others have the rest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Amount {
    /// No rows.
    None,
    /// So few that they need little room.
    Few,
    /// As many as there is room for.
    Many,
}

impl Amount {
    /// Rows that are few.
    pub const FEW: u16 = 6;

    /// Of so many rows.
    pub fn of(rows: usize) -> Amount {
        match rows {
            0 => Amount::None,
            few if few <= usize::from(Amount::FEW) => Amount::Few,
            _ => Amount::Many,
        }
    }
}

/// Which panes are to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaneView {
    /// All, where there is room.
    All,
    /// The one that handles keys, however large the terminal is.
    One,
}

/// What a pane is called.
#[derive(Clone, Copy, Debug)]
pub struct PaneName {
    /// In its border: "Unmarked registers".
    pub title: &'static str,
    /// As a tab, when one pane fills the screen: "Registers".
    pub tab: &'static str,
    /// As a tab where there is little room: "Reg".
    pub short: &'static str,
}

/// A pane.
pub trait Pane {
    /// What it is called.
    fn name(&self) -> PaneName;

    /// Where it stands when all are shown at once.
    fn column(&self) -> Column;

    /// Take the day as it is now; `own_receipt` is the receipt of our own act, if that is what changed it.
    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>);

    /// Handle a key; `list` are the keys that move in every list.
    fn handle_key(&mut self, key: Key, context: &ViewContext, list: &Keymap<list::Action>) -> Outcome;

    /// The pupil that the global keys are about.
    fn chosen(&self) -> Option<PupilId> {
        None
    }

    /// The session that the chosen row is about, where a row is about one: its mark is the one that `m` amends.
    fn chosen_session(&self) -> Option<Session> {
        None
    }

    /// Whether its rows can be marked for one act.
    fn can_mark(&self) -> bool {
        false
    }

    /// The marked rows, in its order: each pupil, and about which session of today.
    fn marked(&self) -> Vec<(PupilId, Session)> {
        Vec::new()
    }

    /// Whether the choice went on by itself, to a row that the officer has not chosen: a key in haste records nothing about it.
    fn went_on(&self) -> bool {
        false
    }

    /// The row to which the choice went on by itself is the one that is meant.
    fn confirm(&mut self) {}

    /// How many rows are the officer's to see to.
    fn len(&self) -> usize;

    /// How many rows it has.
    fn rows(&self) -> usize {
        self.len()
    }

    /// What alone it shows, for its title, where it is filtered: "Y8".
    fn filter(&self) -> Option<String> {
        None
    }

    /// What stands behind its title, parts of it on both sides of `between`: "23 · 3 overdue".
    fn count(&self, between: &str) -> String;

    /// What stands behind its count as a tab: "!" where something is overdue, "*" where something has changed.
    fn tab_mark(&self) -> String {
        String::new()
    }

    /// The keys of its own that work in it.
    fn hints(&self) -> Vec<Hint> {
        Vec::new()
    }

    /// What can be pressed in it.
    fn pressable(&self) -> Vec<Pressable> {
        Vec::new()
    }

    /// Draw it inside its border.
    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>);

    /// Whether its pupils are followed up, so that a call and a step are hinted at.
    fn follows_up(&self) -> bool {
        false
    }

    /// What the lists that rules make rest on has come.
    fn set_standing(&mut self, _standing: &Arc<Standing>, _context: &ViewContext) {}

    /// Grows whenever something happens in it that somebody away from the screen is told of.
    fn moves(&self) -> u64 {
        0
    }

    /// The officer goes to another pane.
    fn leave(&mut self) {}
}
