//! Who must not be contacted.

mod bar;
mod bars;
mod lift_bar;
