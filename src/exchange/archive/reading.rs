//! An archive read back into a new file: nothing in it is believed before it is looked at.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{ABOUT, About, FORMAT, README, SCHEMA, WHAT, WITHOUT_SUMS, file_name};
use crate::config::{open_file, plain};
use crate::exchange::sha256::Sum;
use crate::store::archive::kind::Kind;
use crate::store::archive::{RowFault, Rows, Scope, kinds};
use crate::store::{Fault, Store};

/// How much is taken of an archive.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a line.
    pub line: u64,
    /// Bytes of all its files, unpacked.
    pub all: u64,
    /// How many times as large as it is packed a file may be.
    pub ratio: u64,
}

impl Limits {
    /// Six years of a school of 12,000 are 4 GB; lines of marks pack to a thirtieth.
    pub const USUAL: Limits = Limits { line: 32 << 20, all: 8 << 30, ratio: 250 };
}

/// A file that is no larger unpacked is no bomb, however well it packs.
const SMALL: u64 = 5_000_000;

/// Why an archive was not read back: there is no new file then.
#[derive(Debug, thiserror::Error)]
pub enum NotRestored {
    /// The new file.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// There is no such archive, or it may not be read.
    #[error("{} cannot be read: {why}; nothing was made", .path.display())]
    Unreadable {
        /// The archive.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// It is none that can be read back. The sentence follows its name.
    #[error("{} {why}; nothing was made", .path.display())]
    Not {
        /// What was named.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A line that is no row.
    #[error("{file} line {line} {why}: nothing was made")]
    Line {
        /// The file in the archive.
        file: String,
        /// From 1.
        line: u64,
        /// Why.
        why: String,
    },
}

/// Make a new file at `into` of the archive at `path`, whole or not at all. Answers whether its checksums say that it is as it was
/// written: an older firstbell wrote none.
pub fn restore(path: &Path, into: &Path, limits: Limits) -> Result<bool, NotRestored> {
    let unreadable = |error: io::Error| NotRestored::Unreadable { path: path.to_owned(), why: plain(&error) };
    let not = |why: &str| NotRestored::Not { path: path.to_owned(), why: why.to_owned() };
    let file = open_file(path).map_err(unreadable)?;
    let zip = ZipArchive::new(file).map_err(|error| match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => unreadable(error),
        _ => not("is no archive, or a damaged one: it is not a whole zip"),
    })?;
    let mut archive = Archive { path, zip, limits, left: limits.all };
    let about = archive.about()?;
    archive.has_no_other_files()?;
    Store::restore(into, about.schema, |rows| kinds().try_for_each(|kind| archive.fill(kind, &about, rows)))?;
    Ok(about.format != WITHOUT_SUMS)
}

struct Archive<'p> {
    path: &'p Path,
    zip: ZipArchive<File>,
    limits: Limits,
    left: u64,
}

impl Archive<'_> {
    fn not(&self, why: impl Into<String>) -> NotRestored {
        NotRestored::Not { path: self.path.to_owned(), why: why.into() }
    }

    /// What it says of itself, if it can be read back.
    fn about(&mut self) -> Result<About, NotRestored> {
        let mut bytes = Vec::new();
        let entry = self.zip.by_name(ABOUT).map(|entry| entry.take(1 << 20).read_to_end(&mut bytes));
        match entry {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => {
                return Err(self.not(format!("is damaged: its {ABOUT} cannot be unpacked ({})", plain(&error))));
            }
            Err(_) => return Err(self.not(format!("is no firstbell archive: it has no {ABOUT}"))),
        }
        let no_about = |_| self.not(format!("is no firstbell archive: its {ABOUT} is not one"));
        let about: Value = serde_json::from_slice(&bytes).map_err(no_about)?;
        // Of a format to come no more than its number can be read.
        let (what, format) = (about.get("what").and_then(Value::as_str), about.get("format").and_then(Value::as_i64));
        match (what, format) {
            (Some(WHAT), Some(WITHOUT_SUMS | FORMAT)) => {}
            (Some(WHAT), Some(other)) => {
                return Err(self.not(format!("is of format {other}, and this program reads formats up to {FORMAT}")));
            }
            _ => return Err(self.not(format!("is no firstbell archive: its {ABOUT} is not one"))),
        }
        let about: About = serde_json::from_value(about).map_err(no_about)?;
        if about.scope != Scope::Whole.as_str() {
            let text =
                "is not of the whole record, and no school can be made of it: archive without --pupil and --plain";
            return Err(self.not(text));
        }
        match Store::schema() {
            known if (1..=known).contains(&about.schema) => Ok(about),
            known => Err(self.not(format!(
                "is of a newer firstbell (its record is {}, this program knows {known}): install the newer program",
                about.schema
            ))),
        }
    }

    fn has_no_other_files(&self) -> Result<(), NotRestored> {
        let known =
            |name: &str| [ABOUT, README, SCHEMA].contains(&name) || kinds().any(|kind| file_name(kind.file) == name);
        for index in 0..self.zip.len() {
            match self.zip.name_for_index(index) {
                Some(Ok(name)) if known(&name) => {}
                Some(Ok(name)) => return Err(self.not(format!("holds “{name}”, which is no file of an archive"))),
                _ => return Err(self.not("holds a file whose name cannot be read")),
            }
        }
        Ok(())
    }

    /// Put every line of a table's file into it.
    fn fill(&mut self, kind: &'static Kind, about: &About, rows: &mut Rows<'_>) -> Result<(), NotRestored> {
        let name = file_name(kind.file);
        let Some(place) = self.zip.index_for_name(&name) else {
            return match rows.knows(kind) {
                // The record had no such table then.
                Ok(false) => Ok(()),
                Ok(true) => Err(self.not(format!("is not whole: it has no {name}"))),
                Err(why) => Err(fault(why, &name, 0)),
            };
        };
        let (path, limits, left) = (self.path, self.limits, self.left);
        let not = |why: String| NotRestored::Not { path: path.to_owned(), why };
        let damaged = |why: &str| not(format!("is damaged: its {name} cannot be unpacked ({why})"));
        let entry = self.zip.by_index(place).map_err(|error| damaged(&error.to_string()))?;
        let believed = entry.compressed_size().saturating_mul(limits.ratio).max(SMALL);
        let most = believed.min(left);
        let mut lines = BufReader::with_capacity(1 << 16, entry).take(most + 1);
        let (mut line, mut number, mut sum) = (Vec::new(), 0, Sum::default());
        loop {
            line.clear();
            let read = lines.by_ref().take(limits.line + 1).read_until(b'\n', &mut line);
            let length = read.map_err(|error| damaged(&plain(&error)))?;
            if length == 0 {
                break;
            }
            number += 1;
            sum.take(&line);
            if lines.limit() == 0 {
                return Err(not(format!("unpacks its {name} to more than any archive holds")));
            }
            let no_row = |why: &str| NotRestored::Line { file: name.clone(), line: number, why: why.to_owned() };
            if line.len() as u64 > limits.line {
                return Err(no_row("is longer than a line can be"));
            }
            let row: Map<String, Value> =
                serde_json::from_slice(&line).map_err(|_| no_row("is no row: it is no JSON object"))?;
            rows.put(kind, &row).map_err(|why| fault(why, &name, number))?;
        }
        self.left -= most + 1 - lines.limit();
        if about.rows.get(&name).and_then(Value::as_u64) != Some(number) {
            return Err(not(format!("was changed: its {ABOUT} says another number of rows of {name}")));
        }
        let told = about.sha256.get(&name).and_then(Value::as_str);
        if about.format != WITHOUT_SUMS && told != Some(&sum.hex()) {
            return Err(not(format!(
                "was changed: its {name} is not the one that was archived (by its SHA-256 in {ABOUT})"
            )));
        }
        Ok(())
    }
}

fn fault(why: RowFault, file: &str, line: u64) -> NotRestored {
    match why {
        RowFault::NoRow(why) => NotRestored::Line { file: file.to_owned(), line, why },
        RowFault::Fault(fault) => fault.into(),
    }
}
