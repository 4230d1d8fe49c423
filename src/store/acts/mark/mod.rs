//! Marks decided in the office.

mod amend;
mod decide;
mod settle_aged;
