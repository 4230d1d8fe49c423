//! The imports, read from the journal: each with what it changed, and what was told of it.

use crate::domain::act::day_log::Entry;
use crate::domain::act::{JournalEntry, Other};
use crate::domain::act_id::ActId;
use crate::domain::facts::changed_mark::{ChangedMark, in_all};
use crate::domain::incoming::imported::{Imported, LastImport, ToldOfImport};
use crate::store::tables::incoming::{import_note, import_source};
use crate::store::tables::mark;
use crate::store::{Fault, Store, journal};

/// So many of the last imports are looked at together, and so much of each: what it changed, and what was told.
const LAST: usize = 12;
const OF_EACH: usize = 20;

impl Store {
    /// Every import, oldest first; those that a newer version wrote are left out.
    pub fn imports(&self) -> Result<Vec<Imported>, Fault> {
        self.imported(self.imports_in_journal()?)
    }

    /// The last imports, the newest first.
    pub fn last_imports(&self) -> Result<Vec<LastImport>, Fault> {
        let all = self.imports_in_journal()?;
        let before = all.len().saturating_sub(LAST);
        let last = self.imported(all.into_iter().skip(before))?.into_iter().rev();
        last.map(|import| {
            let mut told = self.told_of_import(import.entry.act)?;
            told.refused.truncate(OF_EACH);
            told.warnings.truncate(OF_EACH);
            let mut changed = self.marks_changed_by(import.entry.act)?;
            let all = changed.len();
            changed.truncate(OF_EACH);
            Ok(LastImport { import, changed: all, first_changed: changed, told })
        })
        .collect()
    }

    fn imported(&self, entries: impl IntoIterator<Item = Entry>) -> Result<Vec<Imported>, Fault> {
        let mut imports = Vec::new();
        let sources = import_source::all(&self.reader).map_err(|error| self.fault(&error))?;
        for entry in entries {
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
