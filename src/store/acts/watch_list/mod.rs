//! The watch list.

mod standing;
mod unwatch;
mod watch;
