//! Who is in the building, and who is with a provider.

mod confirm;
mod log_movement;
mod sight;
