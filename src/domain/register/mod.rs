//! Registers of groups and lessons: whose are in, and what is on their paper.

pub mod paper;
pub mod register_ref;
pub mod unmarked;
