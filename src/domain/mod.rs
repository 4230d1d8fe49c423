//! The ground floor: the rules of the field, pure. No files, no clock, no SQL, no screen.

pub mod act;
pub mod arrival;
pub mod calendar;
pub mod claim;
pub mod code;
pub mod contact;
pub mod dates;
pub mod day;
pub mod evidence;
pub mod figures;
pub mod find;
pub mod happening;
pub mod incoming;
pub mod ladder;
pub mod lateness;
pub mod lesson;
pub mod name;
pub mod offsite;
pub mod presence;
pub mod pupil;
pub mod puzzle;
pub mod register;
pub mod roll;
pub mod school;
pub mod search;
pub mod session;
pub mod settle;
pub mod tape;
#[cfg(test)]
pub mod testing;
pub mod unexplained;
pub mod unmarked;
pub mod upn;
pub mod watch;
pub mod whereabouts;
