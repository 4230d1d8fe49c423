//! Letters: the templates, filled with what the record holds; and the sheets as a page of HTML and a table for a mail merge.

mod paper;
mod templates;
#[cfg(test)]
mod tests;

pub use paper::{merge, page};
pub use templates::{LetterFault, Template, Templates};
