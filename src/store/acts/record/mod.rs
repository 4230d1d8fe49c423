//! The record itself: its settings, and what is taken back.

mod change_settings;
mod importing;
pub mod undo;
