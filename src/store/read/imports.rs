//! The imports, read from the journal: each with what it changed, and what was told of it.

use crate::domain::act::day_log::Entry;
use crate::domain::act::{JournalEntry, Other};
use crate::domain::act_id::ActId;
use crate::domain::facts::changed_mark::{ChangedMark, in_all};
use crate::domain::incoming::{Reject, Warning};
use crate::store::tables::incoming::{import_note, import_source};
use crate::store::tables::mark;
use crate::store::{Fault, Store, journal};

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

impl Store {
    /// Every import, oldest first; those that a newer version wrote are left out.
    pub fn imports(&self) -> Result<Vec<Imported>, Fault> {
        let mut imports = Vec::new();
        let sources = import_source::all(&self.reader).map_err(|error| self.fault(&error))?;
        for entry in self.imports_in_journal()? {
            let held = journal::entry(&self.reader, entry.act).map_err(|error| self.fault(&error))?;
            let Some(JournalEntry::Other(other)) = held else { continue };
            if let Other::Import { files, counts, refused, warned, .. } = other {
                let of_mis = sources.get(&entry.act).copied();
                imports.push(Imported { entry, files, counts, refused, warned, of_mis });
            }
        }
        Ok(imports)
    }

    /// The marks of the record that an import changed.
    pub fn marks_changed_by(&self, act: ActId) -> Result<Vec<ChangedMark>, Fault> {
        Ok(in_all(mark::changed_by(&self.reader, act).map_err(|error| self.fault(&error))?))
    }

    /// What was told of an import.
    pub fn told_of_import(&self, act: ActId) -> Result<ToldOfImport, Fault> {
        let fault = |error: rusqlite::Error| self.fault(&error);
        let refused = import_note::refused(&self.reader, act).map_err(fault)?;
        Ok(ToldOfImport { refused, warnings: import_note::warnings(&self.reader, act).map_err(fault)? })
    }
}
