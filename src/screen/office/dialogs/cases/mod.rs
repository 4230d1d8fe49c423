//! Casework on the screen: the caseload, one pupil's case with its chronology, the forms by which something is put down, and the
//! triggers from which cases are opened.

pub mod caseload;
pub mod entry;
pub mod one_case;
mod told;
pub mod triggers;
