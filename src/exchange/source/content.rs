//! What the bytes of a file are: told by how they begin, never by the file's name.

use serde_json::Value;

use super::text::decode;
use super::xml;
use crate::domain::incoming::Warning;
use crate::exchange::fault::ReadFault;

/// What a file is, before anything of it is understood.
pub enum Content {
    /// Rows of cells: CSV and the like.
    Table(String),
    /// XML.
    Xml {
        /// The name of its outermost element.
        root: String,
        /// All of it.
        text: String,
    },
    /// JSON.
    Json(Value),
}

impl Content {
    /// That of `bytes`. What was not plainly UTF-8 or UTF-16 is said in a warning.
    pub fn of(file: &str, bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> Result<Content, ReadFault> {
        let not_known = |why: &str| Err(ReadFault::NotKnown { file: file.to_owned(), why: why.to_owned() });
        let text = decode(file, bytes, warnings)?;
        match text.trim_start().chars().next() {
            Some('<') => match xml::root(&text) {
                Ok(Some(root)) => Ok(Content::Xml { root, text }),
                Err(fault) => not_known(&fault.to_string()),
                Ok(None) => not_known("begins like XML, but holds no element that can be read: export it again"),
            },
            Some('{' | '[') => match serde_json::from_str(&text) {
                Ok(value) => Ok(Content::Json(value)),
                Err(_) => not_known("begins like JSON, but cannot be read: it may have been cut off. Export it again"),
            },
            Some(_) | None => Ok(Content::Table(text)),
        }
    }
}
