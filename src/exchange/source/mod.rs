//! Where files come from, and what their bytes are.

pub mod bundle;
pub mod content;
mod letters;
pub mod text;
pub mod xml;
