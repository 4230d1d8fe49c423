//! Who comes late, and what follows.

mod follow_late;
mod log_arrival;
