//! Merging what files bring in: one transaction, every row used or refused by name, a second run changes nothing.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::act::{ActId, Officer};
use crate::domain::incoming::{Incoming, Place, Reject, Warning};
use crate::domain::session::{Session, SessionDate};

use super::acts::absence::school_sessions;
use super::acts::{Said, Stop, Work};
use super::{Change, Fault, Store, evidence, journal, mark, roll};

mod contacts;
mod dates;
mod lessons;
mod marks;
mod people;

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
    /// Pupils due in lessons, and their marks there.
    pub lessons: Count,
    /// Marks kept as evidence though something stronger stands.
    pub outweighed: u64,
    /// What changed of what was known, in words.
    pub changes: Vec<String>,
    /// Rows that could not be used.
    pub rejects: Vec<Reject>,
    /// Rows used that should be looked at.
    pub warnings: Vec<Warning>,
}

impl Merged {
    /// The counts by the word for each kind.
    pub fn counts(&self) -> [(&'static str, Count); 8] {
        [
            ("staff", self.staff),
            ("tutor groups", self.groups),
            ("pupils", self.pupils),
            ("contacts", self.contacts),
            ("flags", self.flags),
            ("calendar", self.calendar),
            ("marks", self.marks),
            ("lessons", self.lessons),
        ]
    }

    /// Whether anything moved.
    pub fn moved(&self) -> bool {
        self.counts().iter().any(|(_, count)| count.moved())
    }

    fn reject(&mut self, place: &Place, column: &str, value: &str, reason: impl Into<String>) {
        self.rejects.push(Reject {
            place: place.clone(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.into(),
        });
    }
}

impl Store {
    /// Merge `incoming`, or with `dry_run` only say what would change. `progress` is told (rows done, rows in all).
    pub fn merge(
        &mut self,
        officer: &Officer,
        now: DateTime<Utc>,
        incoming: &Incoming,
        dry_run: bool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Merged, Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let change = Change::begin(&mut self.writer, &self.reader, &self.place)?;
        let today = self.roll.school.local(now).date();
        let marked = incoming.marks.iter().map(|(_, mark)| mark.at.date);
        let about = marked.chain(incoming.lessons.iter().map(|(_, one)| one.date)).chain([today]).min();
        let act = journal::sign_other(&change, officer, now, "import", "{}", about).map_err(fault)?;
        let mut merged = Merged::default();
        let total = total(incoming);
        let mut done = 0;
        let mut step = || {
            done += 1;
            progress(done, total);
        };
        people::merge(&change, incoming, today, &mut merged, &mut step).map_err(fault)?;
        let calendar = roll::calendar(&change).map_err(fault)?;
        dates::merge(&change, &incoming.calendar, &mut merged, &mut step).map_err(fault)?;
        if merged.moved() {
            roll::moved(&change).map_err(fault)?;
        }
        // Marks are weighed against the roll as these files have just made it.
        let (roll, _) = roll::load(&change, self.codes.clone()).map_err(fault)?;
        dates::tell_closed(&change, &calendar, &roll.calendar, &incoming.calendar, &mut merged).map_err(fault)?;
        let work = Work { connection: &change, roll: &roll, role: officer.role, local: roll.school.local(now), act };
        let moved = incoming.calendar.iter().map(|(_, one)| one.span().0).filter(|_| merged.calendar.moved());
        let since = moved.chain([today]).min().unwrap_or(today);
        let weighed = if merged.moved() { reach(&work, since) } else { Ok(()) };
        let marked = weighed.and_then(|()| marks::merge(&work, &incoming.marks, &mut merged, &mut step));
        match marked.and_then(|()| lessons::merge(&work, &incoming.lessons, &mut merged, &mut step)) {
            Ok(()) => {}
            Err(Stop::Sqlite(error)) => return Err(fault(error)),
            Err(Stop::Refused(refusal)) => return Err(Fault::Sqlite { path: path.clone(), why: refusal.to_string() }),
        }
        if !dry_run && merged.moved() {
            change.commit()?;
        }
        Ok(merged)
    }
}

/// What was reported reaches the days that these files have opened, and the pupils they have brought. Of the days from `since` to
/// yesterday only sessions that never had a mark are weighed: no import judges the past anew.
fn reach(work: &Work<'_>, since: NaiveDate) -> Result<(), Stop> {
    let today = work.local.date();
    for (id, told) in evidence::from_on(work.connection, &work.roll.school, since)? {
        let Some(pupil) = work.roll.pupil(id).filter(|_| told.fact.told().is_some()) else { continue };
        let mut reached = BTreeSet::new();
        for at in school_sessions(work, told.from.max(SessionDate::new(since, Session::Am)), told.until) {
            let is_new = || mark::standing(work.connection, at, id).map(|mark| mark.revision == ActId::default());
            if pupil.on_roll(at.date) && (at.date >= today || is_new()?) {
                reached.insert(at);
            }
        }
        work.settle_all(id, &reached, Said::default())?;
    }
    Ok(())
}

fn total(incoming: &Incoming) -> usize {
    incoming.staff.len()
        + incoming.groups.len()
        + incoming.pupils.len()
        + incoming.contacts.len()
        + incoming.flags.len()
        + incoming.calendar.len()
        + incoming.marks.len()
        + incoming.lessons.len()
}
