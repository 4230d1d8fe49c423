//! Who must not be contacted.

mod bar;
mod lift_bar;

pub use bar::Bar;
pub use lift_bar::LiftBar;
