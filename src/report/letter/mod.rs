//! A letter: what a template may say of a pupil and a parent, and the sheet that comes of it.

pub mod days;
pub mod facts;
pub mod merge;
pub mod sheet;
pub mod shown;

pub use facts::{FIELDS, Given, lacking};
pub use sheet::{Sheet, text};
pub use shown::Facts;
