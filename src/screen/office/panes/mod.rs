//! The four panes of the morning.

pub mod another_day;
pub mod lateness;
pub mod registers;
pub mod unexplained;
pub mod watch;

use crate::domain::people::pupil::PupilId;
use crate::screen::widgets::dialog::SharedTyping;
use crate::screen::widgets::pane::Pane;

/// The panes, each under its number: a new one is its file, a line here and one for its keys, and the key that goes to it
/// (`screen/global_keys.rs`).
pub fn all(keys: &PaneKeys, typing: &SharedTyping, desk: &str) -> Vec<Box<dyn Pane>> {
    vec![
        Box::new(registers::Registers::new(keys.registers.clone())),
        Box::new(unexplained::Unexplained::new(keys.unexplained.clone(), typing.clone(), desk.to_owned())),
        Box::new(lateness::Lateness::new(keys.lateness.clone(), typing.clone())),
        Box::new(watch::Watch::new(keys.watch.clone())),
    ]
}

/// The panes of another day than today, in the places of those that are like them; this pupil is chosen if absent on it.
pub fn of_another_day(chosen: Option<PupilId>) -> Vec<Box<dyn Pane>> {
    vec![
        Box::new(another_day::registers::Registers::default()),
        Box::new(another_day::absent::Absent::seeking(chosen)),
        Box::new(another_day::lates::Lates::default()),
        Box::new(another_day::account::AccountOfDay::default()),
    ]
}

/// The place of the registers that are not in.
pub const REGISTERS: usize = 0;
/// The place of the pane that handles keys at first: the unexplained.
pub const FIRST: usize = 1;

crate::rooms! {
    /// The keys of the panes.
    pub struct PaneKeys {
        registers: registers::Action, "Unmarked registers";
        unexplained: unexplained::Action, "Unexplained absences";
        lateness: lateness::Action, "Lateness queue";
        watch: watch::Action, "Watch list";
    }
}
