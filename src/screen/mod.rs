//! The screen: the only floor that draws, and the only one that hears the keyboard.

pub mod escape;
pub mod input;
mod sequence;
pub mod terminal;
