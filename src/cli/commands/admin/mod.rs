//! Commands that set things up.

pub mod keys;
pub mod pin;
pub mod settings;
pub mod shell;
