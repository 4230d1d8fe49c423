//! Casework on the screen: the caseload, one pupil's case with its chronology, the forms by which something is put down, the letters
//! that are made, today's home visits, and the triggers from which cases are opened.

pub mod caseload;
pub mod entry;
pub mod letters;
pub mod one_case;
mod told;
pub mod triggers;
pub mod visits;
