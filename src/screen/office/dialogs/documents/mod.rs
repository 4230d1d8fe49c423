//! Lists and texts for others.

pub mod document;
pub mod lists;
