//! Hands marks back to the system that the roll comes from: what waits, and each time that it was handed back.

use chrono::{DateTime, NaiveDate, Utc};
use hashbrown::{HashMap, HashSet};

use super::read::{handback, roll};
use super::tables::incoming::import_source;
use super::tables::mark::handback as table;
use super::tables::pupil;
use super::{Fault, NotDone, Store, journal};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{Officer, Other, When};
use crate::domain::facts::handback::{Form, Handback, HandbackId, HandbackRow, MarkChange, RowState, ToHandBack};
use crate::domain::people::pupil::PupilId;
use crate::domain::people::system_ids::number_in;

/// So many of the last hand-backs are looked at together: of older ones a later one holds what still waits.
const LAST: i64 = 10;

/// What is to be handed back, and how.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// In what form.
    pub form: Form,
    /// In whose columns, if in those of a profile.
    pub profile: Option<&'a str>,
    /// Of which dates; up to now where nothing is said.
    pub dates: (Option<NaiveDate>, Option<NaiveDate>),
}

impl Store {
    /// What is to be handed back of these dates, as the record stands `now`.
    pub fn to_hand_back(
        &self,
        now: DateTime<Utc>,
        dates: (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Result<ToHandBack, Fault> {
        let roll = &self.held.roll;
        let found = handback::to_hand_back(&self.reader, roll, roll.school.local(now), dates);
        found.map_err(|error| self.fault(&error))
    }

    /// The numbers that this system has for pupils, as its files brought them.
    pub fn numbers_elsewhere(&self, system: &str) -> Result<HashMap<PupilId, String>, Fault> {
        let numbers = pupil::numbers_elsewhere(&self.reader).map_err(|error| self.fault(&error))?;
        let of_system = |(pupil, held): (PupilId, String)| Some((pupil, number_in(&held, system)?.to_owned()));
        Ok(numbers.into_iter().filter_map(of_system).collect())
    }

    /// SHA-256 of the files that firstbell wrote itself and that another system's could be taken for.
    pub fn own_files(&self) -> Result<HashSet<String>, Fault> {
        import_source::own(&self.reader).map_err(|error| self.fault(&error))
    }

    /// Keep that firstbell has written a file of that SHA-256: should it come back, no other system told what stands in it.
    pub fn keep_own_file(&mut self, now: DateTime<Utc>, digest: &str) -> Result<(), Fault> {
        self.write(|change| import_source::add_own(change, now, digest))
    }

    /// Hand back what waits, but what cannot be written: `is_written` says of which that is. The newest hand-back, if it holds the very
    /// same and all of it still waits, is given again, in whatever form it was made; `None` where nothing waits.
    pub fn hand_back(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        asked: &Asked<'_>,
        is_written: &dyn Fn(&MarkChange) -> bool,
    ) -> Result<Option<Handback>, NotDone> {
        let when = when.into();
        let (codes, today) = (self.codes.clone(), self.held.roll.school.local(when.now).date());
        self.write_for(officer, |change, officer| {
            check_matter(officer.role, Matter::Export)?;
            let (form, profile) = (asked.form, asked.profile);
            let (roll, _) = roll::load(change, codes, today)?;
            let mut waits = handback::to_hand_back(change, &roll, roll.school.local(when.now), asked.dates)?.changes;
            waits.retain(|one| is_written(one));
            if waits.is_empty() {
                return Ok(None);
            }
            if let Some(newest) = table::newest(change)? {
                let held = handback::handbacks(change, &roll.school, Some(newest))?.pop();
                // Of rows that something was said of since, the old number would confirm nothing.
                let is_again =
                    |(row, one): (&HandbackRow, &MarkChange)| row.state == RowState::Waits && row.change.is_same(one);
                let is_same =
                    |held: &Handback| held.rows.len() == waits.len() && held.rows.iter().zip(&waits).all(is_again);
                if let Some(held) = held.filter(is_same) {
                    return Ok(Some(held));
                }
            }
            let number = table::next(change)?;
            let other =
                Other::Handback { number: number.0, form, profile: profile.map(str::to_owned), marks: waits.len() };
            let act = journal::sign_other(change, officer, when, &other, None)?;
            table::add(change, number, act, form, profile)?;
            for (place, one) in (1_i64..).zip(&waits) {
                let (pupil, at, was, now) = (one.pupil, one.at, one.was, one.now);
                let new = table::New { place, pupil, at, was, now, words: &one.reason, changed: one.act };
                table::add_row(change, number, &new)?;
            }
            Ok(handback::handbacks(change, &roll.school, Some(number))?.pop())
        })
    }

    /// Every hand-back, oldest first.
    pub fn handbacks(&self) -> Result<Vec<Handback>, Fault> {
        handback::handbacks(&self.reader, &self.held.roll.school, None).map_err(|error| self.fault(&error))
    }

    /// The last hand-backs, the newest first.
    pub fn last_handbacks(&self) -> Result<Vec<Handback>, Fault> {
        let newest = table::newest(&self.reader).map_err(|error| self.fault(&error))?.map_or(0, |newest| newest.0);
        let last = ((newest - LAST).max(0) + 1..=newest).rev();
        last.filter_map(|number| self.handback(HandbackId(number)).transpose()).collect()
    }

    /// The hand-back of that number.
    pub fn handback(&self, number: HandbackId) -> Result<Option<Handback>, Fault> {
        let found = handback::handbacks(&self.reader, &self.held.roll.school, Some(number));
        Ok(found.map_err(|error| self.fault(&error))?.pop())
    }
}
