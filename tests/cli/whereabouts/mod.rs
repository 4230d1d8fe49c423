//! Who is where, by command.

mod arrangements;
mod board;
mod fire;
