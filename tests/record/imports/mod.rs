//! Files brought in: merged, what is told of them, and taken back.

mod details;
pub mod feeding;
mod leavers;
mod merging;
mod names;
mod numbers;
mod quarantine;
mod stated;
mod telling;
mod telling_who;
mod unimporting;
mod unimporting_any;
mod unimporting_refused;
mod unimporting_whole;
