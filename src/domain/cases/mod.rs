//! Casework: a case a pupil, and the case file, which holds what was done about the pupil's attendance: contacts, meetings, visits,
//! notices and leave. Nothing here sends, issues or decides: people do, and it is put down.

pub mod case;
pub mod change;
pub mod chronology;
pub mod due;
pub mod ending;
pub mod event;
pub mod file;
pub mod held;
pub mod improvement;
pub mod penalty;
#[cfg(test)]
mod testing;
mod words;
