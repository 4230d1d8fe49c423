//! The ground floor: the rules of the field, pure. No files, no clock, no SQL, no screen.

// A new kind is asked for in every match; tests may name one kind alone.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod absence;
pub mod act;
pub mod act_id;
pub mod calendar;
pub mod cases;
pub mod checks;
pub mod code;
pub mod counted;
pub mod day;
pub mod facts;
pub mod figures;
pub mod incoming;
pub mod late;
pub mod name;
pub mod people;
pub mod register;
pub mod school;
#[cfg(test)]
pub mod testing;
pub mod timeline;
pub mod toml_document;
pub mod triggers;
pub mod watch;
pub mod whereabouts;
pub mod year;
