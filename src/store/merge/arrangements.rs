//! Arrangements for many from a file: rows that say the same of one are one, entered as an officer's is.

use chrono::{Datelike, NaiveDate};

use super::{Merged, check_import, meant};
use crate::domain::act::Refusal;
use crate::domain::calendar::session::Session;
use crate::domain::calendar::week_sessions::WeekSessions;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId, Membership, Terms};
use crate::domain::incoming::{IncomingArrangement, Place};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::arrangement::keeping::{Kept, check_members, checked, keep};
use crate::store::acts::{Stop, Work};
use crate::store::tables::arrangement;

/// One arrangement of the file, and who is in it.
struct New {
    code: Code,
    from: NaiveDate,
    terms: Terms,
    pupils: Vec<PupilId>,
}

/// Merge arrangements: one that is not there yet is entered. One that is there stays as it is; a row that says otherwise of it, or
/// names a pupil who is not in it, is refused: it is changed from a date on, which a file does not say.
pub fn merge(
    work: &Work<'_>,
    incoming: &[(Place, IncomingArrangement)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> Result<(), Stop> {
    let mut new: Vec<New> = Vec::new();
    for (place, one) in incoming {
        if merged.is_too_much() {
            break;
        }
        step();
        let found = meant::meant(work.connection, &one.pupil, merged)?.map(PupilId);
        let Some(pupil) = found.filter(|id| work.roll.pupil(*id).is_some()) else {
            meant::unknown(work.connection, merged, place, &one.pupil)?;
            continue;
        };
        let of_day = match of_day(work, one) {
            Ok(terms) => terms,
            Err(why) => {
                merged.reject(place, "leaves", "", why);
                continue;
            }
        };
        let terms = match checked(one.from, &of_day) {
            Ok(terms) => terms,
            Err(Stop::Refused(why)) => {
                merged.reject(place, column(&why), "", why.to_string());
                continue;
            }
            Err(stop) => return Err(stop),
        };
        let is_same = |held: &&Arrangement| {
            (held.code, held.from, &held.terms.title, held.terms.days) == (one.code, one.from, &terms.title, terms.days)
        };
        if let Some(held) = work.roll.arrangements().iter().find(is_same) {
            let is_in = held.members.iter().any(|member| member.pupil == pupil);
            if is_in && held.terms == terms {
                merged.arrangements.same += 1;
            } else {
                let what = if is_in { "stands otherwise already" } else { "is there already, without this pupil" };
                let reason = format!("it {what}: `firstbell arrange --change {}` changes it from a date on", held.id.0);
                merged.reject(place, "title", &terms.title, reason);
            }
            continue;
        }
        if let Some(ArrangementId(id)) = arrangement::once(work.connection, one.code, one.from, &terms)? {
            // An old file, brought in again, would send everybody there again.
            let reason = format!(
                "arrangement {id} was this, and was changed here or taken back: `firstbell arrange` puts it right"
            );
            merged.reject(place, "title", &terms.title, reason);
            continue;
        }
        if let Err(why) = check_import(work, one.code, None, place, merged) {
            merged.reject(place, "code", one.code.as_str(), why);
            continue;
        }
        match check_members(work, one.code, &Membership::of_all(&[pupil], one.from, terms.until), &terms) {
            Ok(()) => {}
            Err(Stop::Refused(why)) => {
                merged.reject(place, "code", one.code.as_str(), why.to_string());
                continue;
            }
            Err(stop) => return Err(stop),
        }
        merged.arrangements.new += 1;
        match new.iter_mut().find(|held| (held.code, held.from, &held.terms) == (one.code, one.from, &terms)) {
            Some(held) => held.pupils.push(pupil),
            None => new.push(New { code: one.code, from: one.from, terms, pupils: vec![pupil] }),
        }
    }
    for one in new {
        let id = arrangement::next_id(work.connection)?;
        let members = Membership::of_all(&one.pupils, one.from, one.terms.until);
        let New { code, from, terms, .. } = &one;
        let kept = Kept { id, entered: work.act, code: *code, first: *from, terms, members: &members, from: *from };
        keep(work, work.act, &kept, if terms.note.is_empty() { &terms.title } else { &terms.note })?;
    }
    Ok(())
}

/// Its terms, with the sessions of its day that its times leave: not one whose register closes before they leave, for it is taken at
/// school, nor one that opens when they are back. Otherwise why it has none, in a sentence.
fn of_day(work: &Work<'_>, one: &IncomingArrangement) -> Result<Terms, String> {
    if one.leaves.is_none() && one.returns.is_none() {
        return Ok(one.terms.clone());
    }
    let hours = work.roll.hours(one.from);
    let is_away = |session: &Session| {
        let times = hours.of(*session);
        one.leaves.is_none_or(|leaves| leaves < times.closes) && one.returns.is_none_or(|back| times.opens < back)
    };
    let day = one.from.weekday();
    let days = match Session::BOTH.map(|session| is_away(&session)) {
        [true, true] => return Ok(one.terms.clone()),
        [true, false] => WeekSessions::one(day, Session::Am),
        [false, true] => WeekSessions::one(day, Session::Pm),
        [false, false] => {
            return Err("they leave after the registers are taken, or are back before: no session is missed".to_owned());
        }
    };
    Ok(Terms { days, ..one.terms.clone() })
}

/// The column that a refusal of its terms is about.
fn column(why: &Refusal) -> &'static str {
    if matches!(why, Refusal::Dates(_)) { "until" } else { "title" }
}
