//! The office: four panes, and the dialogs over them.

pub mod dialogs;
pub mod keymaps;
pub mod opening;
pub mod panes;
