//! firstbell: the attendance officer's morning in one terminal window.

pub mod clock;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod keys;
pub mod screen;
pub mod store;
