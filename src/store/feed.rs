//! Files of a folder that feeds itself: each is brought in, or refused, together with the word that it was, so that whoever is killed
//! in between finds out what is left to do.

use super::merge::{How, Merged};
use super::tables::incoming::fed_file::{self, Became};
use super::tables::incoming::import_note;
use super::{Fault, NotDone, Store, journal};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{JournalEntry, Officer, Other, When};
use crate::domain::act_id::ActId;
use crate::domain::facts::changed_mark::ChangedMark;
use crate::domain::facts::fed_file::{FedFile, RefusedFile, UnmovedFile};
use crate::domain::incoming::{Incoming, Reject, Warning};

/// Why a file is refused whole.
#[derive(Clone, Debug, Default)]
pub struct FileRefusal {
    /// In a sentence that names it.
    pub why: String,
    /// Its rows that cannot be used, if it came to rows.
    pub rejects: Vec<Reject>,
    /// What else is to be said of it.
    pub warnings: Vec<Warning>,
}

/// What is known of a file that was taken or refused.
#[derive(Clone, Debug, Default)]
pub struct ToldOfFile {
    /// How many of each kind: "pupils: 4 new".
    pub counts: Vec<String>,
    /// What changed of what was known.
    pub changes: Vec<String>,
    /// Marks that stood in the record and were others then.
    pub changed_marks: Vec<ChangedMark>,
    /// Rows that were refused, as far as they are kept.
    pub rejects: Vec<Reject>,
    /// How many there were.
    pub refused: usize,
    /// Rows that were to be looked at, as far as they are kept.
    pub warnings: Vec<Warning>,
    /// How many there were.
    pub warned: usize,
}

impl Store {
    /// Merge what was read of `fed`. Where that changes the record, it holds from the same moment on that the file was taken.
    pub fn merge_fed(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        incoming: &Incoming,
        fed: &FedFile,
    ) -> Result<Merged, NotDone> {
        let how = How { fed: Some(fed), dry_run: false, is_stopped: &|| false };
        self.merge_from(officer, when.into(), incoming, &how, &mut |_, _| {})
    }

    /// Put down that `fed` was refused, and why: until somebody has seen to it, or another file of that name comes, every desk's screen
    /// says so.
    pub fn refuse_file(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        fed: &FedFile,
        refusal: &FileRefusal,
    ) -> Result<ActId, NotDone> {
        let when = when.into();
        self.write_for(officer, |change, officer| {
            check_matter(officer.role, Matter::Import)?;
            let FileRefusal { why, rejects, warnings } = refusal;
            let (file, why) = (fed.file.clone(), why.clone());
            let other = Other::FileRefused { file, why: why.clone(), refused: rejects.len() };
            let act = journal::sign_other(change, officer, when, &other, None)?;
            import_note::keep(change, act, rejects, warnings)?;
            fed_file::add(change, when.now, fed, &Became::Refused(act, why))?;
            Ok(act)
        })
    }

    /// Put down that `fed` was taken, changed nothing, and lies where it belongs.
    pub fn fed_unchanged(&mut self, when: impl Into<When>, fed: &FedFile) -> Result<(), Fault> {
        let now = when.into().now;
        self.write(|file| fed_file::add(file, now, fed, &Became::Unchanged))
    }

    /// Files of `folder` that the record has done with, and that may still lie there.
    pub fn unmoved_files(&self, folder: &str) -> Result<Vec<UnmovedFile>, Fault> {
        fed_file::unmoved(&self.reader, folder).map_err(|error| self.fault(&error))
    }

    /// Put down that a file lies where it belongs, under this name.
    pub fn file_moved(&mut self, number: i64, kept_as: &str) -> Result<(), Fault> {
        self.write(|file| fed_file::set_moved(file, number, kept_as))
    }

    /// Every file that was refused and is still to be seen to, oldest first.
    pub fn refused_files(&self) -> Result<Vec<RefusedFile>, Fault> {
        fed_file::refused(&self.reader, &self.held.roll.school).map_err(|error| self.fault(&error))
    }

    /// What the record holds of a file that was taken or refused by `act`.
    pub fn told_of_file(&self, act: ActId) -> Result<ToldOfFile, Fault> {
        let told = self.told_of_import(act)?;
        let changed_marks = self.marks_changed_by(act)?;
        let told =
            ToldOfFile { changed_marks, rejects: told.refused, warnings: told.warnings, ..ToldOfFile::default() };
        Ok(match journal::entry(&self.reader, act).map_err(|error| self.fault(&error))? {
            Some(JournalEntry::Other(Other::Import { counts, changes, refused, warned, .. })) => {
                ToldOfFile { counts, changes, refused, warned, ..told }
            }
            Some(JournalEntry::Other(Other::FileRefused { refused, .. })) => {
                let warned = told.warnings.len();
                ToldOfFile { refused, warned, ..told }
            }
            Some(_) | None => told,
        })
    }
}
