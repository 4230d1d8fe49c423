//! What files brought that is not used yet: marks that wait for a code, messages to be read, and who was missing from the last export of the roll.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::facts::inbox::InboxMessage;
use crate::domain::facts::waiting_mark::{MarkMeaning, WaitingMark};
use crate::domain::incoming::waiting::{FilesWaiting, HandbackWaiting, MissingPupil};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;
use crate::store::tables::incoming::{inbox, mark_meaning, missing, quarantine};
use crate::store::tables::lesson;
use crate::store::{Fault, Store};

impl Store {
    /// Every mark that waits until somebody says what it means, by the mark, oldest first.
    pub fn waiting_marks(&self) -> Result<Vec<WaitingMark>, Fault> {
        quarantine::waiting(&self.reader, &self.held.roll.school, None).map_err(|error| self.fault(&error))
    }

    /// What marks of files stand for that are no code, by the mark.
    pub fn mark_meanings(&self) -> Result<Vec<MarkMeaning>, Fault> {
        mark_meaning::standing(&self.reader, &self.held.roll.school).map_err(|error| self.fault(&error))
    }

    /// Who was due in the last lessons of each class that has had one since `first`, by its name: a timetable names classes alone.
    pub fn class_lists(&self, first: NaiveDate) -> Result<Vec<(String, PupilId)>, Fault> {
        lesson::last_lists(&self.reader, first).map_err(|error| self.fault(&error))
    }

    /// Whom the last export of the whole roll did not name.
    pub fn missing_from_export(&self) -> Result<Vec<MissingPupil>, Fault> {
        missing::standing(&self.reader, &self.held.roll.school).map_err(|error| self.fault(&error))
    }

    /// Every message of a file that waits to be read, oldest first.
    pub fn waiting_messages(&self) -> Result<Vec<InboxMessage>, Fault> {
        inbox::waiting(&self.reader).map_err(|error| self.fault(&error))
    }

    /// What files leave to be decided as of `now`, as far as `role` may see it.
    pub fn files_waiting(&self, role: Role, now: DateTime<Utc>) -> Result<FilesWaiting, Fault> {
        let may_see = |matter| check_matter(role, matter).is_ok();
        if !may_see(Matter::Day) {
            return Ok(FilesWaiting::default());
        }
        let (roll, mut missing) = (&self.held.roll, self.missing_from_export()?);
        missing.retain(|one| one.is_asked_about(roll, roll.school.local(now).date()));
        let handback = match may_see(Matter::Export) {
            true => {
                let to_hand_back = self.to_hand_back(now, (None, None))?;
                Some(HandbackWaiting { to_hand_back, made: self.last_handbacks()? })
            }
            false => None,
        };
        Ok(FilesWaiting {
            marks: self.waiting_marks()?,
            missing,
            messages: self.waiting_messages()?,
            handback,
            imports: may_see(Matter::Import).then(|| self.last_imports()).transpose()?,
        })
    }
}
