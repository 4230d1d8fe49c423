//! Why files could not be read at all: one plain sentence each, with the place and the cure.

use std::path::PathBuf;

/// Why files could not be read at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadFault {
    /// Nothing was asked for.
    #[error("no file to import: name a folder, a zip or a CSV file")]
    NoPath,
    /// There is nothing there.
    #[error("there is no file or folder {}: check the spelling", .0.display())]
    Missing(PathBuf),
    /// It is there, but cannot be read.
    #[error("{place} cannot be read: {why}; check that it is an ordinary file and that you may open it")]
    Unreadable {
        /// Which file or folder.
        place: String,
        /// What the system said.
        why: String,
    },
    /// More than the program will hold.
    #[error("{file} is larger than {} MB unpacked: export fewer dates at a time", limit / 1_000_000)]
    TooLarge {
        /// Which file.
        file: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// More rows than any school has.
    #[error("{file} brings more than {limit} rows: import fewer dates at a time. Nothing was imported")]
    TooManyRows {
        /// In which file the limit was passed.
        file: String,
        /// The limit, of all files of an import.
        limit: u32,
    },
    /// So many rows that cannot be used that the file is not what it was taken for.
    #[error("{limit} rows cannot be used, so nothing was imported: look at {file}; the first is {first}")]
    TooManyRefused {
        /// In which file the limit was reached.
        file: String,
        /// The limit, of all files of an import.
        limit: usize,
        /// The first of them: its place, and why.
        first: String,
    },
    /// A zip that unpacks to many times its size.
    #[error(
        "{file} unpacks to more than {limit} times its packed size, as no export does: unpack it, look at it, and import the file"
    )]
    Bomb {
        /// Which file.
        file: String,
        /// How many times as large a file may be unpacked.
        limit: u64,
    },
    /// Not an export, but a place where everything lies about.
    #[error("{place} holds more than {limit} files: import the folder of the export alone")]
    TooMany {
        /// The folder or zip.
        place: String,
        /// The limit.
        limit: usize,
    },
    /// A zip that cannot be unpacked.
    #[error("{file} cannot be unpacked: {why}; unpack it yourself and import the folder")]
    Zip {
        /// Which file.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// The same file twice in one zip: two exports in one.
    #[error("{place} holds {file} more than once: import one export at a time")]
    Twice {
        /// The zip.
        place: String,
        /// The file.
        file: String,
    },
    /// A profile of the school that cannot be read.
    #[error("the profile {place} cannot be read: {why}. Put it right, or take it away")]
    Profile {
        /// Which, or the folder.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// One file is not a table we know. The sentence follows its name.
    #[error("{file} {why}")]
    NotKnown {
        /// Which file.
        file: String,
        /// What is wrong, and what was expected.
        why: String,
    },
    /// A folder or zip without a single file we know.
    #[error("nothing in {place} can be imported: {}", .first.as_deref().unwrap_or("it has no files of tables, XML or JSON"))]
    NothingKnown {
        /// The folder or zip.
        place: String,
        /// What is wrong with the first of its files.
        first: Option<String>,
    },
}
