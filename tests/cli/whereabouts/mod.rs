//! Who is where, by command.

mod fire;
