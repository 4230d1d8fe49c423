//! What the bytes of a file are: told by how they begin, never by the file's name.

use std::io::Cursor;

use serde::de::IgnoredAny;
use serde_json::Value;
use zip::ZipArchive;

use super::ods;
use super::office::{Office, office};
use super::text::decode;
use super::workbook::{self, Workbook};
use super::xml::{self, XmlFault};
use crate::domain::incoming::Warning;
use crate::exchange::fault::ReadFault;

/// Bytes of JSON: what is held of it is up to ten times as large. A page of marks has some hundred kilobytes.
const JSON_MAX: usize = 32_000_000;

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
    /// A workbook: a table a sheet.
    Workbook(Workbook),
}

/// Whether a file that cannot be read stops in the middle, or is empty: it may have been cut off, or is still being written.
pub fn is_cut_off(file: &str, bytes: Vec<u8>) -> bool {
    if bytes.starts_with(b"PK\x03\x04") {
        return ZipArchive::new(Cursor::new(bytes)).is_err();
    }
    let Ok(text) = decode(file, bytes, &mut Vec::new()) else { return false };
    match text.trim_start().chars().next() {
        Some('<') => matches!(xml::elements(&text, &[], |_| {}), Err(XmlFault::CutOff { .. })),
        Some('{' | '[') => serde_json::from_str::<IgnoredAny>(&text).is_err_and(|fault| fault.is_eof()),
        Some(_) => false,
        None => true,
    }
}

impl Content {
    /// The JSON that it is, if it is any.
    pub fn json(&self) -> Option<&Value> {
        match self {
            Content::Json(value) => Some(value),
            Content::Table(_) | Content::Xml { .. } | Content::Workbook(_) => None,
        }
    }

    /// That of `bytes`. What was not plainly UTF-8 or UTF-16 is said in a warning.
    pub fn of(file: &str, bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> Result<Content, ReadFault> {
        let not_known = |why: &str| Err(ReadFault::NotKnown { file: file.to_owned(), why: why.to_owned() });
        if bytes.starts_with(b"PK\x03\x04")
            && let Ok(archive) = ZipArchive::new(Cursor::new(bytes.as_slice()))
            && let Some(office) = office(&archive)
        {
            let read = match office {
                Office::Workbook => workbook::read(&bytes),
                Office::OpenDocument => ods::read(&bytes),
                Office::Other(why) => return not_known(why),
            };
            return read.map(Content::Workbook).or_else(|fault| not_known(&fault.to_string()));
        }
        let text = decode(file, bytes, warnings)?;
        match text.trim_start().chars().next() {
            Some('<') => match xml::root(&text) {
                Ok(Some(root)) => Ok(Content::Xml { root, text }),
                Err(fault) => not_known(&fault.to_string()),
                Ok(None) => not_known("begins like XML, but holds no element that can be read: export it again"),
            },
            Some('{' | '[') if text.len() > JSON_MAX => not_known(&format!(
                "is JSON of more than {} MB, which is not held whole: export fewer dates at a time",
                JSON_MAX / 1_000_000
            )),
            Some('{' | '[') => match serde_json::from_str(&text) {
                Ok(value) => Ok(Content::Json(value)),
                Err(_) => not_known("begins like JSON, but cannot be read: it may have been cut off. Export it again"),
            },
            Some(_) | None => Ok(Content::Table(text)),
        }
    }
}
