//! The tables of the record, one module each: free functions over a connection, which know no other table.

// A new kind is asked for in every match; tests may name one kind alone.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod arrangement;
pub mod bar;
pub mod call;
pub mod cases;
pub mod contact;
pub mod correction;
pub mod desk_presence;
pub mod disclosure;
pub mod evidence;
pub mod facts;
pub mod incoming;
pub mod late;
pub mod lesson;
pub mod mark;
pub mod message;
pub mod pin;
pub mod presence;
pub mod promise;
pub mod pupil;
pub mod register;
pub mod roll_change;
pub mod search;
pub mod step;
pub mod watch;
