//! Tables for others, row by row.

pub mod cell;
