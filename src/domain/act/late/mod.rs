//! Who comes late, and what follows.

mod follow_late;
mod log_arrival;

pub use follow_late::FollowLate;
pub use log_arrival::LogArrival;
