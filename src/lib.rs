//! firstbell: the attendance officer's morning in one terminal window.

pub mod demo;
pub mod domain;
