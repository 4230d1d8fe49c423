//! The file: what can be wrong with it, where it lies, and files of earlier versions.

mod archives;
pub mod faults;
mod old_files;
mod places;
