//! Lists and texts for others.

pub mod lists;
pub mod sheet;
