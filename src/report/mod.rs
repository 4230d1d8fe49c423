//! What a document says, laid out for others to read. Over the domain; knows no file and no screen.

// A new kind is asked for in every match; tests may name one kind alone.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod board;
pub mod chronology;
pub mod document;
pub mod document_kind;
pub mod figures;
pub mod fire;
pub mod handback;
pub mod handover;
pub mod layout;
pub mod letter;
pub mod lists;
pub mod pack;
pub mod reports;
pub mod slip;
pub mod tables;
pub mod visits;
pub mod year;
