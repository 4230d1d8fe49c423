//! The record itself: its settings, and what is taken back.

mod change_settings;
mod undo;

pub use change_settings::ChangeSettings;
pub use undo::Undo;
