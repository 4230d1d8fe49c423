//! The thread that holds the store, and the way to it.

pub mod answering;
pub mod asking;
pub mod store_worker;
mod triggers;
