//! The thread that holds the store, and the way to it.

pub mod answering;
pub mod asking;
mod cases;
mod figures;
mod files;
pub mod store_worker;
mod triggers;
