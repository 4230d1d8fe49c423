//! Commands about the school's file.

pub mod archive;
pub mod backup;
pub mod demo;
pub mod export;
pub mod feed;
pub mod gate;
pub mod handback;
pub mod import;
pub mod imports;
pub mod inbox;
pub mod init;
pub mod leavers;
pub mod pack;
pub mod profile;
mod progress;
pub mod quarantine;
pub mod refused;
pub mod reports;
pub mod restore;
pub mod sql;
mod stopping;
pub mod template;
