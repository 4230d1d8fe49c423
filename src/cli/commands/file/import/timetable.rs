//! What a timetable does not tell: which dates its days are, as the command says, and who is in its classes, as the record does.

use std::str::FromStr;

use chrono::{Days, NaiveDate};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::incoming::PupilKey;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::exchange::timetable::Timetable;

/// How long before the first of the days a class may have had its last lesson.
const LOOKED_BACK: Days = Days::new(42);

/// A day by the name that a timetable has for it, and its date.
pub type NamedDay = (String, NaiveDate);

/// Read "Mon A=2026-11-30". The error is what clap says.
pub fn named_day(text: &str) -> Result<NamedDay, String> {
    let cure = "write the day as the timetable has it, and its date: \"Mon A=2026-11-30\"";
    let (name, date) = text.rsplit_once('=').filter(|(name, _)| !name.trim().is_empty()).ok_or(cure)?;
    let date = NaiveDate::from_str(date.trim()).map_err(|_| cure)?;
    Ok((name.trim().to_owned(), date))
}

/// The days that were said; and with them who is in each tutor group on one of them, and in each class that has had a lesson.
pub fn known(desk: &Desk<'_>, days: &[NamedDay]) -> Result<Timetable, Failure> {
    let roll = desk.store.roll();
    let periods = roll.school.periods.iter().map(|period| period.name.clone()).collect();
    let mut timetable = Timetable::of_days(days.iter().cloned(), periods);
    let first = days.iter().map(|(_, date)| *date).min().and_then(|date| date.checked_sub_days(LOOKED_BACK));
    let Some(first) = first else { return Ok(timetable) };
    let is_here = |pupil: &&Pupil| days.iter().any(|(_, date)| pupil.on_roll(*date));
    let here = |id: PupilId| roll.pupil(id).filter(is_here);
    for (class, id) in desk.store.class_lists(first)? {
        if let Some(pupil) = here(id) {
            timetable.add(&class, key(pupil));
        }
    }
    for pupil in roll.pupils.iter().filter(is_here).filter(|pupil| pupil.group.is_some()) {
        timetable.add(roll.group_name(pupil), key(pupil));
    }
    Ok(timetable)
}

fn key(pupil: &Pupil) -> PupilKey {
    PupilKey { source_id: None, admission_no: pupil.admission_no.clone(), upn: pupil.upn.clone() }
}
