//! What the cells of a table say: keys, numbers, years, dates of birth, addresses; and words that stand for nothing.

pub mod blank;
pub mod details;
pub mod key;
pub mod mark_string;
pub mod numbers;
pub mod spoilt;
pub mod year;
