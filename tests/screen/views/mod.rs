//! What is opened over the panes, and taken away from there; and several rows at once.

mod arrangements;
mod board;
mod contrast;
mod corrections;
mod ranges;
mod registers;
mod sheets;
mod year;
