//! What is opened over the panes, and taken away from there.

mod contrast;
mod sheets;
mod year;
