//! Registers of groups and lessons: which are in, and how they are typed from paper.

pub mod of_day;
pub mod paper;
pub mod register_ref;
pub mod unmarked;
