//! Who came late, what follows, and what the gate may say.

pub mod followed;
pub mod gate;
pub mod lateness;
