//! What is said while a folder feeds itself: a line each, as text or as JSON. File names and numbers, and nobody's name.

use std::io::Write;

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::{print, print_json};

/// Something that happened.
#[derive(Clone, Serialize, Default, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FeedFacts {
    /// watching, taken, refused, waits, left, trouble or ended.
    pub event: &'static str,
    pub says: String,
    pub file: Option<String>,
    /// The import, or the entry of the journal that says why it was refused; null where it changed nothing.
    pub act: Option<i64>,
    /// How many of each kind changed.
    pub counts: Vec<String>,
    /// Marks that stood in the record and are others now.
    pub marks_changed: usize,
    /// Rows that were refused.
    pub refused: usize,
    /// Rows to look at.
    pub warned: usize,
    /// Where it lies now, within the folder.
    pub kept_as: Option<String>,
    /// Where its report lies, within the folder.
    pub report: Option<String>,
}

impl FeedFacts {
    /// Something about the whole.
    pub fn of(event: &'static str, says: impl Into<String>) -> FeedFacts {
        FeedFacts { event, says: says.into(), ..FeedFacts::default() }
    }

    /// Something about one file.
    pub fn of_file(event: &'static str, file: &str, says: impl Into<String>) -> FeedFacts {
        FeedFacts { file: Some(file.to_owned()), ..FeedFacts::of(event, says) }
    }

    /// Say it.
    pub fn say(&self, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
        if json {
            print_json(out, self)?;
        } else {
            print(out, &self.says)?;
        }
        Ok(out.flush()?)
    }
}
