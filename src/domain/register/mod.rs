//! Registers of groups and lessons: whose are in, and what is on their paper.

pub mod paper;
pub mod unmarked;
pub mod whose;
