//! Casework: a case a pupil, and the case file, which holds what was done about the pupil's attendance: contacts, meetings, visits,
//! notices and leave. Nothing here sends, issues or decides: people do, and it is put down.

pub mod case;
pub mod caseload;
pub mod change;
pub mod chronology;
pub mod due;
pub mod ending;
pub mod event;
pub mod file;
pub mod held;
pub mod improvement;
pub mod intervention;
pub mod leave;
pub mod letter;
pub mod letters;
pub mod party;
pub mod penalty;
pub mod purpose;
pub mod readiness;
pub mod referral;
pub mod support;
#[cfg(test)]
mod testing;
pub mod typed;
pub mod visits;
mod words;
