//! What the record holds of a day: separate dated facts, each with who and when.

pub mod arrangement;
pub mod case_event_kind;
pub mod changed_mark;
pub mod contradiction;
pub mod desk_presence;
pub mod evidence;
pub mod fed_file;
pub mod handback;
pub mod inbox;
pub mod late_step;
pub mod lesson;
pub mod message;
pub mod presence;
pub mod promise;
pub mod register;
pub mod search;
pub mod step_kind;
pub mod taken_by;
pub mod waiting_mark;
pub mod watched;
