//! Who is where, by command.

mod board;
mod fire;
