//! What is opened over the panes, and taken away from there.

mod sheets;
mod year;
