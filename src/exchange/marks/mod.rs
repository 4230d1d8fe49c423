//! Marks as other systems lay them out: a column for each session.

pub mod heading;
pub mod week;
