//! What is opened over the panes, and taken away from there.

mod board;
mod contrast;
mod registers;
mod sheets;
mod year;
