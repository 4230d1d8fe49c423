//! Checks rows of marks by what the roll and the calendar say, each by itself.

use hashbrown::HashMap;

use super::settled::Settled;
use super::{Prepared, Told};
use crate::domain::calendar::session::SessionDate;
use crate::domain::incoming::{Marks, OneMark, REFUSED_MAX, Reject, Warning};
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::store::acts::{Stop, Work};
use crate::store::merge::{Merged, check_code, meant};

/// Whether a session's register can have been taken.
enum Begun {
    Yes,
    No,
    /// There is no such session, and why.
    Refused(String),
}

/// The rows that can be used, by date; what is wrong with the others. Stops where more are refused than may be.
pub fn check(work: &Work<'_>, marks: &Marks, merged: &Merged, step: &mut dyn FnMut()) -> Result<Prepared, Stop> {
    let mut pupils = Vec::with_capacity(marks.pupils().len());
    for key in marks.pupils() {
        let found = meant::find(work.connection, key)?.map(PupilId);
        pupils.push(found.filter(|id| work.roll.pupil(*id).is_some()));
    }
    let count = u32::try_from(marks.len()).unwrap_or(u32::MAX);
    let (mut rows, told) = check_rows(work, marks, &pupils, 0..count, merged, step)?;
    // Stable: the rows of a date stay as they came.
    rows.sort_by_key(|row| marks.get(*row as usize).map(|one| one.at.date));
    Ok(Prepared { pupils, rows, told, settled: Settled::default() })
}

/// Those of `asked` that can be used, and what is wrong with the others.
pub fn check_rows(
    work: &Work<'_>,
    marks: &Marks,
    pupils: &[Option<PupilId>],
    asked: impl ExactSizeIterator<Item = u32>,
    merged: &Merged,
    step: &mut dyn FnMut(),
) -> Result<(Vec<u32>, Told), Stop> {
    let mut sessions: HashMap<SessionDate, Begun> = HashMap::new();
    let (mut told, mut rows) = (Told::default(), Vec::with_capacity(asked.len()));
    for index in asked {
        if merged.rejects.len() + told.rejects.len() > REFUSED_MAX {
            break;
        }
        step();
        let Some(one) = marks.get(index as usize) else { continue };
        let Some(pupil) = pupils.get(one.pupil).copied().flatten().and_then(|id| work.roll.pupil(id)) else {
            let Some(key) = marks.pupils().get(one.pupil) else { continue };
            let (named, why) = meant::why_unknown(work.connection, merged, key)?;
            told.reject(index, &one, "pupil", &named, why);
            continue;
        };
        let (at, date) = (one.at, one.at.date);
        if !pupil.on_roll(date) {
            told.reject(index, &one, "date", &date.to_string(), "the pupil is not on roll on this date".to_owned());
            continue;
        }
        if !sessions.contains_key(&at) {
            sessions.insert(at, begun(work, at)?);
        }
        match sessions.get(&at) {
            Some(Begun::Yes) | None => {}
            Some(Begun::No) => {
                let (column, value) = if date > work.local.date() {
                    ("date", date.to_string())
                } else {
                    ("session", at.session.to_string())
                };
                told.reject(index, &one, column, &value, format!("{at} has not begun"));
                continue;
            }
            Some(Begun::Refused(why)) => {
                told.reject(index, &one, "date", &date.to_string(), why.clone());
                continue;
            }
        }
        let fault = work.roll.check_code(one.mark.code, at, pupil, work.local.date()).err();
        match check_code(work, one.mark.code, fault) {
            Ok(None) => {}
            Ok(Some(text)) => told.warn(index, &one, text),
            Err(why) => {
                told.reject(index, &one, "code", one.mark.code.as_str(), why);
                continue;
            }
        }
        rows.push(index);
    }
    Ok((rows, told))
}

fn begun(work: &Work<'_>, at: SessionDate) -> Result<Begun, Stop> {
    match work.has_begun(at) {
        Ok(true) => Ok(Begun::Yes),
        Ok(false) => Ok(Begun::No),
        Err(Stop::Refused(why)) => Ok(Begun::Refused(why.to_string())),
        Err(fault) => Err(fault),
    }
}

impl Told {
    /// Refuse a row.
    pub fn reject(&mut self, row: u32, one: &OneMark<'_>, column: &str, value: &str, reason: String) {
        let (column, value) = (column.to_owned(), value.to_owned());
        self.rejects.push((row, Reject { place: one.place(), column, value, reason }));
    }

    /// Refuse a row of a pupil's date that another desk has changed while the file came in.
    pub fn refuse_changed(&mut self, row: u32, one: &OneMark<'_>, pupil: &Pupil) {
        let reason = format!(
            "another desk changed this day of {} while the file came in: bring the file once more",
            pupil.list_name()
        );
        self.reject(row, one, "date", &one.at.date.to_string(), reason);
    }

    /// Tell of a row that is used.
    pub fn warn(&mut self, row: u32, one: &OneMark<'_>, text: String) {
        self.warnings.push((row, Warning { place: one.place(), text }));
    }
}
