//! Marks merged one by one, each weighed in the record itself: what the quick way must come to.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::incoming::{IncomingMark, Place, Warning};
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::store::acts::{Quote, Stop, Work, marked, store_tutor_mark};
use crate::store::merge::{Merged, check_import, meant};
use crate::store::tables::{mark, register};

/// Merge marks: each becomes the tutor's mark of its pupil-session. One that disagrees with stronger evidence is kept and
/// does not overwrite it. All registers are handed in before.
pub fn merge(work: &Work<'_>, incoming: &[(Place, IncomingMark)], merged: &mut Merged) -> Result<(), Stop> {
    let mut pupils = meant::Finder::default();
    let mut seen: HashMap<(PupilId, SessionDate), Mark> = HashMap::new();
    let mut handed_in: HashSet<(GroupId, SessionDate)> = HashSet::new();
    // Whose registers are in, and the line that says so first.
    let mut registers: BTreeMap<SessionDate, HashMap<GroupId, &Place>> = BTreeMap::new();
    let mut used = Vec::new();
    for (place, one) in incoming {
        if merged.is_too_much() {
            break;
        }
        let pupil = pupils.find(work.connection, &one.pupil)?;
        let Some(pupil) = pupil.and_then(|id| work.roll.pupil(id)) else {
            meant::unknown(work.connection, merged, place, &one.pupil)?;
            continue;
        };
        if !pupil.on_roll(one.at.date) {
            merged.reject(place, "date", &one.at.date.to_string(), "the pupil is not on roll on this date");
            continue;
        }
        match work.has_begun(one.at) {
            Ok(true) => {}
            Ok(false) => {
                let (column, value) = if one.at.date > work.local.date() {
                    ("date", one.at.date.to_string())
                } else {
                    ("session", one.at.session.to_string())
                };
                merged.reject(place, column, &value, format!("{} has not begun", one.at));
                continue;
            }
            Err(Stop::Refused(why)) => {
                merged.reject(place, "date", &one.at.date.to_string(), why.to_string());
                continue;
            }
            Err(fault) => return Err(fault),
        }
        let checked = work.roll.check_code(one.mark.code, one.at, pupil, work.local.date());
        if let Err(why) = check_import(work, one.mark.code, checked.err(), place, merged) {
            merged.reject(place, "code", one.mark.code.as_str(), why);
            continue;
        }
        // The second of two rows would win, and the first again at the next run.
        let first = seen.insert((pupil.id, one.at), one.mark);
        let is_again = first.is_some();
        match first {
            Some(first) if first != one.mark => {
                seen.insert((pupil.id, one.at), first);
                let reason = format!("another row marks {} {} in {}", pupil.list_name(), first, one.at);
                merged.reject(place, "code", &one.mark.to_string(), reason);
                continue;
            }
            _ => {}
        }
        if let Some(group) = pupil.group {
            registers.entry(one.at).or_default().entry(group).or_insert(place);
        }
        let standing = mark::standing(work.connection, one.at, pupil.id)?;
        match standing.tutor {
            _ if is_again => {
                merged.marks.same += 1;
                continue;
            }
            Some((held, _)) if held.holds(one.mark) => {
                merged.marks.same += 1;
                continue;
            }
            Some(_) => merged.marks.changed += 1,
            None => merged.marks.new += 1,
        }
        let open = work.roll.hours(one.at.date).of(one.at.session).minutes_open();
        if let (Code::L, Some(minutes)) = (one.mark.code, one.mark.minutes.filter(|minutes| *minutes > open)) {
            let text = format!(
                "L with {minutes} minutes is kept, though the register is open for {open}: an arrival after that is U"
            );
            merged.warnings.push(Warning { place: place.clone(), text });
        }
        if let Some(group) = pupil.group.filter(|group| handed_in.insert((*group, one.at))) {
            let by = one.by.clone().map_or(TakenBy::Import, TakenBy::Teacher);
            register::hand_in(work.connection, group, one.at, work.act, &by)?;
        }
        used.push((pupil, one));
    }
    for (pupil, one) in used {
        let (words, by) = (marked(one.mark), one.by.as_deref());
        store_tutor_mark(work, pupil.id, one.at, Some((one.mark, work.act)), Quote { words: &words, by })?;
        let settled = mark::standing(work.connection, one.at, pupil.id)?.settled;
        merged.outweighed += u64::from(settled.map(|mark| mark.code) != Some(one.mark.code));
    }
    warn_of_blanks(work, &registers, merged)
}

/// Tell of pupils who have no mark where the register of their group is in: nobody has said whether they are there.
fn warn_of_blanks(
    work: &Work<'_>,
    registers: &BTreeMap<SessionDate, HashMap<GroupId, &Place>>,
    merged: &mut Merged,
) -> Result<(), Stop> {
    let mut blanks: BTreeMap<usize, (&Pupil, SessionDate, &Place, usize)> = BTreeMap::new();
    for (at, groups) in registers {
        let all = mark::on(work.connection, at.date)?.into_iter();
        let marked = all.filter(|(_, session, one)| *session == at.session && one.settled.is_some());
        let marked: HashSet<PupilId> = marked.map(|(pupil, _, _)| pupil).collect();
        for (index, pupil) in work.roll.pupils.iter().enumerate() {
            let place = pupil.group.and_then(|group| groups.get(&group));
            if let Some(place) = place.filter(|_| pupil.on_roll(at.date) && !marked.contains(&pupil.id)) {
                blanks.entry(index).or_insert((pupil, *at, place, 0)).3 += 1;
            }
        }
    }
    for (pupil, first, place, count) in blanks.into_values() {
        let who = work.roll.name_and_group(pupil.id);
        let text = match count {
            1 => format!("{who} has no mark at {first}, though the register is in: the session stays blank"),
            many => {
                format!("{who} has no mark in {many} registers that are in, {first} first: the sessions stay blank")
            }
        };
        merged.warnings.push(Warning { place: place.clone(), text });
    }
    Ok(())
}
