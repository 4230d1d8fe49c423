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
pub mod profile;
pub mod quarantine;
pub mod refused;
pub mod restore;
pub mod sql;
pub mod template;
