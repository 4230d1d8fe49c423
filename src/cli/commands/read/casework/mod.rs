//! Commands that answer about casework: what is met, what is in the record of a pupil, and what changed since.

pub mod chronology;
pub mod impact;
pub mod triggers;
pub mod visits;
