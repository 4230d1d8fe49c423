//! What the cells of a table say: keys, numbers, years; and words that stand for nothing.

pub mod blank;
pub mod key;
pub mod numbers;
pub mod spoilt;
pub mod year;
