//! firstbell: the attendance officer's morning in one terminal window.

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod keys;
pub mod screen;
pub mod store;
