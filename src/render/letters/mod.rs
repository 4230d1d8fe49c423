//! Letters: the templates, filled with what the record holds; and the sheets as a page of HTML, text and a table for a mail merge.

mod paper;
mod templates;
#[cfg(test)]
mod tests;

pub use paper::{merge, page, text};
pub use templates::{LetterFault, Template, Templates};
