//! The made-up school: people, years of marks and one school morning, all drawn from a seed.
//!
//! The same seed gives the same school on every machine. Making it is pure; only [`file`](mod@file) and [`desks`] touch the
//! record, and only through the ordinary store. The roll leaves as [`Incoming`](crate::domain::incoming::Incoming), so that it takes the same way in as a real school's; the history is a
//! stream, a day at a time; the morning is a list of timed acts for simulated desks to carry out.
//!
//! Rates follow England's secondary schools (`data/demo/rates.toml`). Everybody is invented; numbers are from Ofcom's ranges
//! for drama, addresses at example.org.

// Shares of a school are counted in pupils.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]

mod calendar;
mod carry;
mod casework;
pub mod desks;
mod draw;
pub mod file;
mod history;
mod households;
mod ingredients;
mod morning;
mod people;
mod planned;
mod pupils;
mod scenario;
mod school;
mod staff;
#[cfg(test)]
mod tests;
mod timetable;

pub use school::MadeSchool;
