//! Who is in the building, and who is with a provider.

mod confirm;
mod log_movement;
mod sight;

pub use confirm::Confirm;
pub use log_movement::LogMovement;
pub use sight::Sight;
