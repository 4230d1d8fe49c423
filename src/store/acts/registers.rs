//! Handing in a register, and chasing one.

use chrono::NaiveTime;

use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal, TakenBy};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::register::{ChaseMethod, ordinal};
use crate::domain::name::clean;
use crate::domain::people::pupil::{GroupId, PupilId, TutorGroup};
use crate::store::tables::{evidence, mark, register};

fn group<'a>(work: &Work<'a>, id: GroupId) -> Result<&'a TutorGroup, Stop> {
    Ok(work.roll.group(id).ok_or(Refusal::Unknown { what: "tutor group" })?)
}

/// Hand in a register: tutors' marks are evidence like any other, so the gate desk is never undone by one.
pub fn take(
    work: &Work<'_>,
    id: GroupId,
    at: SessionDate,
    by: &TakenBy,
    marks: &[(PupilId, Mark)],
) -> Result<Receipt, Stop> {
    let group = group(work, id)?;
    if !work.has_begun(at)? {
        return Err(Refusal::Forbidden(format!("{at} has not begun: report the absence instead of marking it")).into());
    }
    let taken_by = clean(&by.says());
    let before = register::taken_on(work.connection, &work.roll.school, at.date)?;
    let before = before.into_iter().rfind(|(group, session, _)| *group == id && *session == at.session);
    let mut is_second = false;
    register::hand_in(work.connection, id, at, work.act, &taken_by)?;
    for (place, (pupil, mark)) in marks.iter().enumerate() {
        let member = work.on_roll(*pupil, at.date)?;
        if marks.iter().take(place).any(|(earlier, _)| earlier == pupil) {
            return Err(Refusal::Forbidden(format!("{} is marked twice in {}", member.list_name(), group.name)).into());
        }
        if member.group != Some(id) {
            return Err(Refusal::Forbidden(format!("{} is not in {}", member.list_name(), group.name)).into());
        }
        work.check_mark(*mark, at, member)?;
        is_second |= mark::standing(work.connection, at, *pupil)?.tutor.is_some();
        let marked = marked(*mark);
        put_tutor(work, *pupil, at, Some((*mark, work.act)), Said { words: &marked, by: Some(&taken_by) })?;
    }
    let mut says = format!("{} register taken by {taken_by}, {}", group.name, count(marks.len()));
    // A paper that speaks of pupils whom another register spoke of: both are evidence, and the best mark stands.
    if let (TakenBy::Paper(_), Some((_, _, before)), true) = (by, before, is_second) {
        says += &format!("; it had come in at {} from {}: both are kept", before.at.format("%H:%M"), before.who);
    }
    let pupils = marks.iter().map(|(pupil, _)| *pupil).collect();
    Ok(Receipt { group: Some(id), ..work.receipt(says, pupils) })
}

/// "1 mark", "26 marks".
pub fn count(marks: usize) -> String {
    if marks == 1 { "1 mark".to_owned() } else { format!("{marks} marks") }
}

/// What a register says: "marked N".
pub fn marked(mark: Mark) -> String {
    format!("marked {mark}")
}

/// Put a tutor's mark, keep the one it displaces, and settle.
pub fn put_tutor(
    work: &Work<'_>,
    pupil: PupilId,
    at: SessionDate,
    tutor: Option<(Mark, crate::domain::act_id::ActId)>,
    said: Said<'_>,
) -> Result<(), Stop> {
    let standing = mark::standing(work.connection, at, pupil)?;
    if let Some((old, taken)) = standing.tutor {
        evidence::displace(work.connection, taken, pupil, at, old, work.act)?;
    }
    mark::put_tutor(work.connection, at, pupil, tutor, work.act)?;
    work.settle(pupil, at, said)?;
    Ok(())
}

/// Record that a register was chased; refused if it has come in whole meanwhile.
pub fn chase(work: &Work<'_>, id: GroupId, at: SessionDate, method: ChaseMethod) -> Result<Receipt, Stop> {
    let group = group(work, id)?;
    work.session(at)?;
    let mine = |(group, session): (GroupId, _)| group == id && session == at.session;
    let taken = register::taken_on(work.connection, &work.roll.school, at.date)?;
    if let Some((_, _, taken)) = taken.into_iter().rfind(|(group, session, _)| mine((*group, *session))) {
        let members = work.roll.pupils.iter().filter(|pupil| pupil.group == Some(id) && pupil.on_roll(at.date));
        let mut blanks = 0;
        for pupil in members {
            blanks += usize::from(mark::standing(work.connection, at, pupil.id)?.settled.is_none());
        }
        if blanks == 0 {
            return Err(Refusal::RegisterTaken { group: group.name.clone(), at: taken.at, by: taken.who }.into());
        }
    }
    register::chase(work.connection, work.act, id, at, method)?;
    let chases = register::chases_on(work.connection, &work.roll.school, at.date)?;
    let count = chases.iter().filter(|(group, session, _)| mine((*group, *session))).count();
    let says = format!("Chased {} by {} ({})", group.name, method.as_str(), ordinal(count));
    Ok(Receipt { group: Some(id), ..work.receipt(says, Vec::new()) })
}

/// Put off chasing a register until a time of today.
pub fn snooze(work: &Work<'_>, id: GroupId, at: SessionDate, until: NaiveTime) -> Result<Receipt, Stop> {
    let group = group(work, id)?;
    work.session(at)?;
    if at.date.and_time(until) <= work.local {
        return Err(
            Refusal::Forbidden(format!("{} has gone by: put it off to a later time", until.format("%H:%M"))).into()
        );
    }
    register::snooze(work.connection, work.act, id, at, until)?;
    let says = format!("{} put off until {}", group.name, until.format("%H:%M"));
    Ok(Receipt { group: Some(id), ..work.receipt(says, Vec::new()) })
}

/// Say who covers a register, and where; nobody and nowhere give it back to the tutor.
pub fn cover(
    work: &Work<'_>,
    id: GroupId,
    at: SessionDate,
    teacher: Option<&str>,
    room: Option<&str>,
) -> Result<Receipt, Stop> {
    let group = group(work, id)?;
    work.session(at)?;
    let said = |text: Option<&str>| text.map(clean).filter(|text| !text.is_empty());
    let (teacher, room) = (said(teacher), said(room));
    register::put_cover(work.connection, Some(work.act), id, at, teacher.as_deref(), room.as_deref())?;
    let who = teacher.unwrap_or_else(|| "the tutor".to_owned());
    let place = room.map(|room| format!(" in {room}")).unwrap_or_default();
    let says = format!("{} {}: {who}{place}", group.name, at.session);
    Ok(Receipt { group: Some(id), ..work.receipt(says, Vec::new()) })
}
