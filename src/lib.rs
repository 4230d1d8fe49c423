//! firstbell: the attendance officer's morning in one terminal window.

pub mod domain;
pub mod exchange;
