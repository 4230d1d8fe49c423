//! The ground floor: the rules of the field, pure. No files, no clock, no SQL, no screen.

pub mod absence;
pub mod account;
pub mod act;
pub mod act_id;
pub mod calendar;
pub mod checks;
pub mod code;
pub mod day;
pub mod facts;
pub mod figures;
pub mod incoming;
pub mod late;
pub mod name;
pub mod people;
pub mod pin;
pub mod register;
pub mod school;
#[cfg(test)]
pub mod testing;
pub mod timeline;
pub mod watch;
pub mod whereabouts;
