//! The watch list.

mod unwatch;
mod watch;

pub use unwatch::Unwatch;
pub use watch::Watch;
