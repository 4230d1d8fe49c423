//! Marks that another record states of a pupil: another school's, or what was written out of firstbell. They are taken where nothing is
//! recorded here, and hand in no register: they may say "present" of a session of which that school knew nothing.

use super::{Merged, check_import, meant};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::incoming::{Marks, Place, Warning};
use crate::store::acts::{Quote, Stop, Work, marked, store_tutor_mark};
use crate::store::tables::mark;

/// Merge marks as another record states them. What is left out is counted in one warning.
pub fn merge(work: &Work<'_>, stated: &Marks, merged: &mut Merged, step: &mut dyn FnMut()) -> Result<(), Stop> {
    let mut pupils = meant::Finder::default();
    let mut left_out: Option<(Place, u64)> = None;
    for (place, one) in stated.iter() {
        if merged.is_too_much() {
            break;
        }
        step();
        let pupil = pupils.find(work.connection, &one.pupil)?;
        let Some(pupil) = pupil.and_then(|id| work.roll.pupil(id)) else {
            meant::unknown(work.connection, merged, &place, &one.pupil)?;
            continue;
        };
        let standing = mark::standing(work.connection, one.at, pupil.id)?;
        let held = [standing.tutor.map(|(held, _)| held), standing.settled];
        if held.into_iter().flatten().any(|held| says_no_more(one.mark, held)) {
            merged.marks.same += 1;
            continue;
        }
        let is_recorded = standing.tutor.is_some() || standing.settled.is_some();
        if is_recorded || !pupil.on_roll(one.at.date) || !has_begun(work, one.at)? {
            left_out.get_or_insert((place, 0)).1 += 1;
            continue;
        }
        let checked = work.roll.check_code(one.mark.code, one.at, pupil, work.local.date());
        if let Err(why) = check_import(work, one.mark.code, checked.err(), &place, merged) {
            merged.reject(&place, "code", one.mark.code.as_str(), why);
            continue;
        }
        merged.marks.new += 1;
        let quote = Quote { words: &marked(one.mark), by: one.by.as_deref() };
        store_tutor_mark(work, pupil.id, one.at, Some((one.mark, work.act)), quote)?;
        let settled = mark::standing(work.connection, one.at, pupil.id)?.settled;
        merged.outweighed += u64::from(settled.map(|mark| mark.code) != Some(one.mark.code));
    }
    merged.warnings.extend(left_out.map(|(place, count)| Warning { place, text: told(count) }));
    Ok(())
}

/// Whether what is stated is what is held; a late may be stated without its minutes.
fn says_no_more(stated: Mark, held: Mark) -> bool {
    stated == held || stated == Mark::plain(held.code)
}

/// Whether there is such a session here, and it has begun.
fn has_begun(work: &Work<'_>, at: SessionDate) -> Result<bool, Stop> {
    match work.has_begun(at) {
        Err(Stop::Refused(_)) => Ok(false),
        answer => answer,
    }
}

fn told(count: u64) -> String {
    let (marks, were) = if count == 1 { ("1 mark".to_owned(), "was") } else { (format!("{count} marks"), "were") };
    format!(
        "{marks} of another record {were} left out: of sessions that have a mark here, that are none here, or in which the pupil was \
         not on roll here"
    )
}
