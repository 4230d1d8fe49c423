//! Who is who, and how they are reached, by command.

mod casework;
mod corrections;
mod details;
mod figures;
mod impact;
mod leave;
mod letters;
mod names;
mod numbers;
mod packs;
mod triggers;
mod year;
