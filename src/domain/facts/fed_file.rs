//! Files of a folder that feeds itself, and those of them that were refused.

use chrono::NaiveDateTime;

use crate::domain::act_id::ActId;

/// One file of such a folder, and where it is to lie.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FedFile {
    /// The folder, absolute.
    pub folder: String,
    /// Its name there.
    pub file: String,
    /// SHA-256 of what it held, in hexadecimal.
    pub digest: String,
    /// Its name among the files that are done, or refused.
    pub kept_as: String,
}

/// One that the record has done with, though it may still lie where it came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnmovedFile {
    /// The number of its row.
    pub number: i64,
    /// The file.
    pub fed: FedFile,
    /// The import, or the entry that says why it was refused.
    pub act: Option<ActId>,
    /// Why it was refused, in a sentence; `None` where it was taken.
    pub refused: Option<String>,
}

/// One that was refused, of which nobody has said that they have seen to it, and which no other of that name has followed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusedFile {
    /// The number of the refusal.
    pub number: i64,
    /// Its name.
    pub file: String,
    /// The folder it came in by, absolute.
    pub folder: String,
    /// Its name among those that were refused.
    pub kept_as: String,
    /// Why, in a sentence that names it.
    pub why: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}
