//! What is opened over the panes or in their place, and taken away from there.

mod another_day;
mod arrangements;
mod board;
mod cases;
mod contrast;
mod corrections;
mod day_that_is_meant;
mod details;
mod figures;
mod files;
mod ranges;
mod registers;
mod room_of_another_day;
mod sheets;
mod triggers;
mod year;
