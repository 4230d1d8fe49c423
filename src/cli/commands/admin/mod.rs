//! Commands that set things up.

pub mod keys;
pub mod pin;
pub mod retention;
pub mod schema;
pub mod settings;
pub mod shell;
