//! Who is who, and how they are reached, by command.

mod casework;
mod corrections;
mod details;
mod figures;
mod names;
mod numbers;
mod triggers;
mod year;
