//! Marks that are no code: one whose meaning is known is read so, any other waits until somebody says what it means.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rusqlite::Connection;

use super::{Merged, meant};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::evidence::Mark;
use crate::domain::incoming::{Incoming, IncomingMark, IncomingUnknown, Place, Warning};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::{Stop, Work};
use crate::store::tables::incoming::{mark_meaning, quarantine};
use crate::store::tables::mark;

/// The same files with each mark read by its meaning, where somebody has said what it means; `None` where that is so of none.
pub fn translated(connection: &Connection, incoming: &Incoming) -> rusqlite::Result<Option<Incoming>> {
    let mut meanings: HashMap<&str, Option<Code>> = HashMap::new();
    for (_, one) in &incoming.unknown_marks {
        if !meanings.contains_key(one.raw.as_str()) {
            meanings.insert(&one.raw, mark_meaning::of(connection, &one.raw)?.map(|(code, _)| code));
        }
    }
    if meanings.values().all(Option::is_none) {
        return Ok(None);
    }
    let mut read = Incoming { unknown_marks: Vec::new(), ..incoming.clone() };
    let mut used: BTreeMap<&str, (&Place, Code, usize)> = BTreeMap::new();
    for (place, one) in &incoming.unknown_marks {
        match meanings.get(one.raw.as_str()).copied().flatten() {
            Some(code) => {
                let mark = as_mark(code, one.minutes);
                let IncomingUnknown { pupil, at, by, .. } = one.clone();
                read.marks.push((place.clone(), IncomingMark { pupil, at, mark, by }));
                used.entry(&one.raw).or_insert((place, code, 0)).2 += 1;
            }
            None => read.unknown_marks.push((place.clone(), one.clone())),
        }
    }
    read.warnings.extend(used.into_iter().map(|(raw, (place, code, count))| Warning {
        place: place.clone(),
        text: format!("“{raw}” is read as {code}, as “firstbell quarantine map” has it: {}", counted(count, "mark")),
    }));
    Ok(Some(read))
}

/// A mark of this code; minutes late go with L and U only.
pub fn as_mark(code: Code, minutes: Option<i64>) -> Mark {
    Mark { code, minutes: minutes.filter(|_| [Code::L, Code::U].contains(&code)) }
}

/// Let the marks wait whose meaning nobody knows. One that is known to the record already, waiting, released or dropped, is the same.
pub fn merge(
    work: &Work<'_>,
    incoming: &[(Place, IncomingUnknown)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> Result<(), Stop> {
    let mut seen: HashMap<(PupilId, SessionDate), &str> = HashMap::new();
    let mut pupils = meant::Finder::default();
    let mut waiting: BTreeMap<&str, (&Place, usize)> = BTreeMap::new();
    for (place, one) in incoming {
        if merged.is_too_much() {
            break;
        }
        step();
        let found = pupils.find(work.connection, &one.pupil)?;
        let Some(pupil) = found.and_then(|id| work.roll.pupil(id)) else {
            meant::unknown(work.connection, merged, place, &one.pupil)?;
            continue;
        };
        let date = one.at.date.to_string();
        if !pupil.on_roll(one.at.date) {
            merged.reject(place, "date", &date, "the pupil is not on roll on this date");
            continue;
        }
        match work.has_begun(one.at) {
            Ok(true) => {}
            Ok(false) => {
                merged.reject(place, "date", &date, format!("{} has not begun", one.at));
                continue;
            }
            Err(Stop::Refused(why)) => {
                merged.reject(place, "date", &date, why.to_string());
                continue;
            }
            Err(fault) => return Err(fault),
        }
        let taken = mark::standing(work.connection, one.at, pupil.id)?.tutor.filter(|(_, act)| *act == work.act);
        let other =
            seen.insert((pupil.id, one.at), &one.raw).map(str::to_owned).or(taken.map(|(mark, _)| mark.to_string()));
        if let Some(other) = other {
            let reason = format!("another row marks {} {other} in {}", pupil.list_name(), one.at);
            merged.reject(place, "code", &one.raw, reason);
            continue;
        }
        if quarantine::is_known(work.connection, pupil.id, one.at, &one.raw)? {
            merged.quarantine.same += 1;
            continue;
        }
        quarantine::add(work.connection, work.act, place, pupil.id, one)?;
        merged.quarantine.new += 1;
        waiting.entry(&one.raw).or_insert((place, 0)).1 += 1;
    }
    merged.warnings.extend(waiting.into_iter().map(|(raw, (place, count))| Warning {
        place: place.clone(),
        text: format!(
            "“{raw}” is not an attendance code: {} until “firstbell quarantine map” says what it means",
            if count == 1 { "1 mark waits".to_owned() } else { format!("{count} marks wait") }
        ),
    }));
    if merged.marks.moved() || merged.quarantine.moved() {
        quarantine::supersede(work.connection, work.act)?;
    }
    Ok(())
}
