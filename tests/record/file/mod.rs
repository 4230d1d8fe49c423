//! The file: what can be wrong with it, where it lies, and files of earlier versions.

pub mod faults;
mod old_files;
mod places;
