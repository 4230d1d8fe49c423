//! What helps at the desk itself: keys, commands, who is here, what was done.

pub mod day_log;
pub mod go_to_day;
pub mod help;
pub mod not_done;
pub mod palette;
pub mod people;
