//! Merging what files bring in: one transaction, or of very many marks several short ones; every row used or refused by name, a second run
//! changes nothing.

// A new kind is asked for in every match; tests may name one kind alone.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod ahead;
mod arrangements;
mod contacts;
mod corrections;
mod dates;
mod events;
mod families;
mod held_contact;
mod ids;
mod leaving;
mod lessons;
mod letters;
mod likeness;
mod long;
mod marks;
mod meant;
mod merged;
mod missing;
mod people;
mod quarantine;
mod stated;
mod taken_back;
mod terms;
mod zeros;

use std::collections::BTreeSet;
use std::mem::take;

use chrono::NaiveDate;

use super::acts::{Stop, Work};
use super::file::import_lock::ImportLock;
use super::read::roll;
use super::tables::incoming::fed_file::{self, Became};
use super::tables::incoming::import_note;
use super::tables::{correction, mark, roll_change};
use super::{Change, Fault, NotDone, Store, journal};
use crate::domain::act::permission::{Matter, check_code_entry, check_matter};
use crate::domain::act::{Officer, Other, When};
use crate::domain::code::{Code, CodeFault};
use crate::domain::facts::changed_mark::in_all;
use crate::domain::facts::fed_file::FedFile;
use crate::domain::incoming::{Incoming, Place, REFUSED_MAX, Warning};
use long::Asked;
use marks::Prepared;
pub use merged::{Count, Merged};

/// How files are merged.
pub(in crate::store) struct How<'h> {
    /// The file, of a folder that feeds itself: with what it changes it is kept that it was taken.
    pub fed: Option<&'h FedFile>,
    /// Only say what would change.
    pub dry_run: bool,
    /// Whether it is to be stopped.
    pub is_stopped: &'h dyn Fn() -> bool,
}

impl Store {
    /// Merge `incoming`, or with `dry_run` only say what would change. `progress` is told (rows done, rows in all).
    pub fn merge(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        incoming: &Incoming,
        dry_run: bool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Merged, NotDone> {
        self.merge_until(officer, when, incoming, dry_run, &|| false, progress)
    }

    /// The same, until `is_stopped` says so: then it is a fault, and the file is as it was. Asked between two changes of a long import.
    pub fn merge_until(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        incoming: &Incoming,
        dry_run: bool,
        is_stopped: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Merged, NotDone> {
        self.merge_from(officer, when.into(), incoming, &How { fed: None, dry_run, is_stopped }, progress)
    }

    pub(in crate::store) fn merge_from(
        &mut self,
        officer: &Officer,
        when: When,
        incoming: &Incoming,
        how: &How<'_>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Merged, NotDone> {
        let How { fed, dry_run, is_stopped } = *how;
        let now = when.now;
        // One import at a time; and nothing is left of one before it that was cut off.
        let _lock = if dry_run { None } else { Some(ImportLock::take(&self.place).map_err(NotDone::Fault)?) };
        if !dry_run {
            self.take_back().map_err(NotDone::Fault)?;
        }
        let fault = |error: rusqlite::Error| NotDone::Fault(self.fault(&error));
        let read = quarantine::translated(&self.reader, incoming).map_err(fault)?;
        let incoming = read.as_ref().unwrap_or(incoming);
        let read = zeros::restored(&self.reader, incoming).map_err(fault)?;
        let incoming = read.as_ref().unwrap_or(incoming);
        let total = total(incoming);
        let mut done = 0;
        let mut step = || {
            done += 1;
            progress(done, total);
        };
        let of_mis = marks::told::are_of_mis(&self.reader, &self.held.roll.school, incoming);
        let of_mis = of_mis.map_err(|stop| long::not_done(stop, fault))?;
        if !dry_run && incoming.is_of_registers_alone() && incoming.marks.len() > long::MANY {
            let about = about(incoming, self.held.roll.school.local(now).date());
            return self.merge_long(&Asked { officer, when, incoming, of_mis, fed, about, is_stopped }, &mut step);
        }
        let is_of_marks = incoming.unknown_marks.is_empty() && incoming.is_of_registers_alone();
        // Of other files a trial may rest on the marks: then they are written, and nothing is kept.
        let is_trial_alone = dry_run && is_of_marks;
        // Marks alone are weighed before anything is written: no other desk waits for that.
        let ahead = match is_of_marks {
            true => Some(self.weigh_ahead(officer, when, &incoming.marks, &mut step)?),
            false => None,
        };
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let change = Change::begin(&mut self.writer, &self.reader, &self.place).map_err(NotDone::Fault)?;
        let today = self.held.roll.school.local(now).date();
        self.held.freshen_for(&change, &self.codes, &mut self.caches, today).map_err(fault)?;
        let officer = &self.held.asked_again(officer)?;
        check_matter(officer.role, Matter::Import).map_err(|refusal| NotDone::Refused(Box::new(refusal)))?;
        let about = about(incoming, today);
        let files = files(incoming);
        let act = journal::sign_other(&change, officer, when, &imported(&files, &Merged::default(), Vec::new()), about)
            .map_err(fault)?;
        roll_change::keep(&change, act).map_err(fault)?;
        let corrections = correction::standing(&change, &self.held.roll.school).map_err(fault)?;
        let (rejects, warnings) = (incoming.rejects.clone(), incoming.warnings.clone());
        let mut merged = Merged { rejects, warnings, corrections, ..Merged::default() };
        let named = people::merge(&change, act, incoming, today, &mut merged, &mut step).map_err(fault)?;
        ids::merge(&change, &incoming.ids, &mut merged).map_err(fault)?;
        let calendar = roll::calendar(&change).map_err(fault)?;
        dates::merge(&change, &incoming.calendar, &mut merged, &mut step).map_err(fault)?;
        if merged.moved() {
            roll::moved(&change).map_err(fault)?;
        }
        // Marks are weighed against the roll as these files have just made it.
        let (roll, revision) = roll::load(&change, self.codes.clone(), today).map_err(fault)?;
        dates::warn_of_closed(&change, &calendar, &roll.calendar, &incoming.calendar, &mut merged).map_err(fault)?;
        missing::merge(&change, act, &roll, today, (&named, incoming), &mut merged).map_err(fault)?;
        let work = Work {
            connection: &change,
            roll: &roll,
            role: officer.role,
            is_owner: officer.is_owner,
            local: roll.school.local(now),
            act,
        };
        let moved = incoming.calendar.iter().map(|(_, one)| one.span().0).filter(|_| merged.calendar.moved());
        let since = moved.chain([today]).min().unwrap_or(today);
        let weighed = if merged.moved() { work.reach(since) } else { Ok(()) };
        let marked = weighed.and_then(|()| {
            let (marks, held) = (&incoming.marks, ahead.filter(|ahead| ahead.holds(&work, revision)));
            let prepared = match held {
                Some(ahead) => ahead.brought_up(&work, marks)?,
                None => Prepared::new(&work, marks, &merged, &mut step)?,
            };
            prepared.write(&work, marks, &mut merged, is_trial_alone, &mut step)
        });
        let marked = marked.and_then(|()| quarantine::merge(&work, &incoming.unknown_marks, &mut merged, &mut step));
        let stated = marked.and_then(|()| stated::merge(&work, &incoming.stated, &mut merged, &mut step));
        let tells = || marks::told::tells(work.connection, &incoming.marks, act);
        let stated = stated.and_then(|()| marks::told::put_down(&work, incoming, of_mis, tells, &mut merged));
        let taught = stated.and_then(|()| lessons::merge(&work, &incoming.lessons, &mut merged, &mut step));
        let arranged = taught.and_then(|()| arrangements::merge(&work, &incoming.arrangements, &mut merged, &mut step));
        match arranged.and_then(|()| events::merge(&work, incoming, &mut merged, &mut step)) {
            Ok(()) => {}
            Err(Stop::Sqlite(error)) => return Err(fault(error)),
            Err(Stop::Refused(refusal)) => return Err(NotDone::Refused(refusal)),
        }
        too_much(&merged)?;
        let changed = mark::changed_by(&change, act).map_err(fault)?;
        merged.changed_marks = in_all(take(&mut merged.changed_marks).into_iter().chain(changed));
        if !dry_run && merged.moved() {
            roll_change::kept(&change, act).map_err(fault)?;
            import_note::keep(&change, act, &merged.rejects, &merged.warnings).map_err(fault)?;
            let of_calendar = calendar.changes(&roll.calendar);
            journal::complete(&change, act, &imported(&files, &merged, of_calendar)).map_err(fault)?;
            if let Some(fed) = fed {
                fed_file::add(&change, now, fed, &Became::Taken(act)).map_err(fault)?;
            }
            change.commit().map_err(|why| NotDone::Fault(why.into()))?;
            merged.act = Some(act);
        }
        Ok(merged)
    }
}

/// The earliest date that these files are about.
fn about(incoming: &Incoming, today: NaiveDate) -> Option<NaiveDate> {
    let marked = incoming.marks.rows().chain(incoming.stated.rows()).map(|mark| mark.at.date);
    let lessons = incoming.lessons.iter().map(|(_, one)| one.date);
    let arranged = incoming.arrangements.iter().map(|(_, one)| one.from);
    let called = incoming.calls.iter().map(|(_, one)| one.at.date);
    let came = incoming.arrivals.iter().map(|(_, one)| one.date);
    marked.chain(lessons).chain(arranged).chain(called).chain(came).chain([today]).min()
}

/// Stop where more rows are refused than may be.
fn too_much(merged: &Merged) -> Result<(), NotDone> {
    let Some(first) = merged.rejects.first().filter(|_| merged.is_too_much()) else { return Ok(()) };
    let Place { file, line } = &first.place;
    let first = format!("{file} line {line}: {}", first.reason);
    Err(NotDone::Fault(Fault::TooManyRefused { limit: REFUSED_MAX, first }))
}

/// Whether a code comes in that is at fault so, by whoever imports it; why not, in a sentence. A few retired codes are still about:
/// taken as written, and looked at.
fn check_import(
    work: &Work<'_>,
    code: Code,
    fault: Option<CodeFault>,
    place: &Place,
    merged: &mut Merged,
) -> Result<(), String> {
    let warning = check_code(work, code, fault)?;
    merged.warnings.extend(warning.map(|text| Warning { place: place.clone(), text }));
    Ok(())
}

/// The same; what is to be looked at is given back.
fn check_code(work: &Work<'_>, code: Code, fault: Option<CodeFault>) -> Result<Option<String>, String> {
    check_code_entry(work.role, code, work.roll).map_err(|refusal| refusal.to_string())?;
    match fault {
        None => Ok(None),
        Some(fault @ CodeFault::OutOfDate { .. }) => Ok(Some(fault.to_string())),
        Some(fault @ (CodeFault::Unknown(_) | CodeFault::NotFor { .. } | CodeFault::WrongSession { .. })) => {
            Err(fault.to_string())
        }
    }
}

/// What is journalled of what these files came to.
fn imported(files: &[String], merged: &Merged, of_calendar: Vec<String>) -> Other {
    let moved = merged.counts().into_iter().filter(|(_, count)| count.moved());
    let counts = moved.map(|(what, count)| {
        // Whoever was missing is there again.
        let gone = if what == "missing" { "in it again" } else { "gone" };
        let parts = [(count.new, "new"), (count.changed, "changed"), (count.gone, gone)];
        let parts: Vec<String> =
            parts.iter().filter(|(some, _)| *some > 0).map(|(some, how)| format!("{some} {how}")).collect();
        let what = if what == "missing" { "on roll and not in the list" } else { what };
        format!("{what}: {}", parts.join(", "))
    });
    let changes = merged.changes.iter().cloned().chain(of_calendar);
    let (files, kept) = (files.to_vec(), merged.kept.clone());
    let (counts, changes) = (counts.chain(marks::told::described(merged.told)).collect(), changes.collect());
    let (refused, warned) = (merged.rejects.len(), merged.warnings.len());
    Other::Import { files, counts, changes, kept, refused, warned, can_undo: true }
}

/// The names of the files that these rows came from.
fn files(incoming: &Incoming) -> Vec<String> {
    let Incoming {
        staff,
        groups,
        pupils,
        said_gone: _,
        ids: _,
        contacts,
        refused_contacts: _,
        flags,
        calendar,
        marks,
        unknown_marks,
        stated,
        lessons,
        arrangements,
        calls,
        arrivals,
        messages,
        rejects: _,
        warnings: _,
        is_part: _,
        zeros_are_lost: _,
        mark_sources: _,
        has_new_names: _,
    } = incoming;
    let places = staff.iter().map(|(place, _)| place);
    let places = places.chain(groups.iter().map(|(place, _)| place)).chain(pupils.iter().map(|(place, _)| place));
    let places = places.chain(contacts.iter().map(|(place, _)| place)).chain(flags.iter().map(|(place, _)| place));
    let places = places.chain(calendar.iter().map(|(place, _)| place));
    let places = places.chain(unknown_marks.iter().map(|(place, _)| place));
    let places = places.chain(lessons.iter().map(|(place, _)| place));
    let places = places.chain(arrangements.iter().map(|(place, _)| place)).chain(calls.iter().map(|(place, _)| place));
    let places = places.chain(arrivals.iter().map(|(place, _)| place)).chain(messages.iter().map(|(place, _)| place));
    places
        .map(|place| place.file.as_str())
        .chain(marks.files())
        .chain(stated.files())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn total(incoming: &Incoming) -> usize {
    incoming.staff.len()
        + incoming.groups.len()
        + incoming.pupils.len()
        + incoming.contacts.len()
        + incoming.flags.len()
        + incoming.calendar.len()
        // Each is weighed, and then written.
        + 2 * incoming.marks.len()
        + incoming.unknown_marks.len()
        + incoming.stated.len()
        + incoming.lessons.len()
        + incoming.arrangements.len()
        + incoming.calls.len()
        + incoming.arrivals.len()
        + incoming.messages.len()
}
