//! What an import comes to.

use std::collections::HashMap;

use crate::domain::act_id::ActId;
use crate::domain::facts::changed_mark::ChangedMark;
use crate::domain::incoming::{Place, REFUSED_MAX, Reject, Warning};
use crate::domain::people::correction::Correction;

/// How many rows of one kind were new, changed something, or were already so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Not known before.
    pub new: u64,
    /// Known, and changed.
    pub changed: u64,
    /// Known, and the same.
    pub same: u64,
    /// No longer in the file, and taken off.
    pub gone: u64,
}

impl Count {
    /// Whether anything moved.
    pub fn moved(&self) -> bool {
        self.new + self.changed + self.gone > 0
    }
}

/// What a merge did, or would do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Merged {
    /// Staff.
    pub staff: Count,
    /// Tutor groups.
    pub groups: Count,
    /// Pupils.
    pub pupils: Count,
    /// Contacts.
    pub contacts: Count,
    /// Pupils' sets of flags.
    pub flags: Count,
    /// Terms, closed days, and days whose times are not the usual ones.
    pub calendar: Count,
    /// Marks.
    pub marks: Count,
    /// Marks that are no code, and wait.
    pub quarantine: Count,
    /// Pupils due in lessons, and their marks there.
    pub lessons: Count,
    /// Pupils in arrangements for many.
    pub arrangements: Count,
    /// Calls that another system made.
    pub calls: Count,
    /// Arrivals, and whoever came back.
    pub arrivals: Count,
    /// Departures.
    pub departures: Count,
    /// Messages to be read.
    pub messages: Count,
    /// Pupils on roll whom an export of the whole roll does not name: new, or gone for it names them again.
    pub missing: Count,
    /// Marks that stood in the record and are others now.
    pub changed_marks: Vec<ChangedMark>,
    /// Marks kept as evidence though something stronger stands.
    pub outweighed: u64,
    /// Corrections that have come as they were made.
    pub arrived: u64,
    /// Marks that the school's own system has, though it was known to have others.
    pub told: u64,
    /// Whether the marks count as told by that system; `None` where there are none.
    pub of_mis: Option<bool>,
    /// The act that it is journalled as; `None` where nothing was changed.
    pub act: Option<ActId>,
    /// What changed of what was known, in words.
    pub changes: Vec<String>,
    /// What they were, whole: for the journal, and shown nowhere.
    pub kept: Vec<String>,
    /// Rows that could not be used.
    pub rejects: Vec<Reject>,
    /// Rows used that should be looked at.
    pub warnings: Vec<Warning>,
    /// The numbers of refused rows that may mean another pupil than the record does, each with the first of those rows.
    pub(super) doubted: HashMap<String, Place>,
    /// The corrections that stood before, oldest first.
    pub(super) corrections: Vec<Correction>,
}

impl Merged {
    /// The counts by the word for each kind.
    pub fn counts(&self) -> [(&'static str, Count); 15] {
        [
            ("staff", self.staff),
            ("tutor groups", self.groups),
            ("pupils", self.pupils),
            ("contacts", self.contacts),
            ("flags", self.flags),
            ("calendar", self.calendar),
            ("marks", self.marks),
            ("quarantine", self.quarantine),
            ("lessons", self.lessons),
            ("arrangements", self.arrangements),
            ("calls", self.calls),
            ("arrivals", self.arrivals),
            ("departures", self.departures),
            ("messages", self.messages),
            ("missing", self.missing),
        ]
    }

    /// Whether anything moved.
    pub fn moved(&self) -> bool {
        self.arrived + self.told > 0 || self.counts().iter().any(|(_, count)| count.moved())
    }

    /// How many rows could be used, those among them that were so already.
    pub fn used(&self) -> u64 {
        let rows = |count: &Count| count.new + count.changed + count.same + count.gone;
        self.counts().iter().map(|(_, count)| rows(count)).sum::<u64>() + self.outweighed
    }

    /// Whether more rows are refused than may be: nothing is merged then.
    pub(super) fn is_too_much(&self) -> bool {
        self.rejects.len() > REFUSED_MAX
    }

    pub(super) fn reject(&mut self, place: &Place, column: &str, value: &str, reason: impl Into<String>) {
        self.rejects.truncate(REFUSED_MAX);
        self.rejects.push(Reject {
            place: place.clone(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.into(),
        });
    }
}
