//! What a document says, laid out for others to read. Over the domain; knows no file and no screen.

pub mod fire;
pub mod handover;
pub mod lists;
pub mod sheet;
pub mod slip;
