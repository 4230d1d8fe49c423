//! What files brought, import by import.

use super::{Reject, Warning};
use crate::domain::act::day_log::Entry;
use crate::domain::facts::changed_mark::ChangedMark;

/// One import.
#[derive(Clone, PartialEq, Debug)]
pub struct Imported {
    /// Who did it and when, what it changed one by one, and whether it was taken back since.
    pub entry: Entry,
    /// The names of its files, without folders.
    pub files: Vec<String>,
    /// How many of each kind: "pupils: 4 new".
    pub counts: Vec<String>,
    /// Rows that were refused.
    pub refused: usize,
    /// Rows that were to be looked at.
    pub warned: usize,
    /// Whether its marks count as told by the school's own system; `None` where it brought none, or came before that was kept.
    pub of_mis: Option<bool>,
}

/// What was told of one import, as far as it is kept.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldOfImport {
    /// Rows that were refused.
    pub refused: Vec<Reject>,
    /// Rows that were to be looked at.
    pub warnings: Vec<Warning>,
}

/// One of the last imports, with as much of what it changed and told as is read beside others.
#[derive(Clone, PartialEq, Debug)]
pub struct LastImport {
    /// The import.
    pub import: Imported,
    /// How many marks of the record it changed.
    pub changed: usize,
    /// The first of them.
    pub first_changed: Vec<ChangedMark>,
    /// The first of what was told of it.
    pub told: ToldOfImport,
}
