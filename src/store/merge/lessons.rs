//! Lessons from a timetable or from lessons' registers kept elsewhere: who is due where, and the marks there.

use hashbrown::HashMap;

use super::{Merged, check_import, meant};
use crate::domain::facts::lesson::LessonId;
use crate::domain::incoming::{IncomingLesson, Place};
use crate::store::acts::{Stop, Work, settle_lesson};
use crate::store::tables::lesson;

/// Merge lessons: a pupil not yet due in one becomes so, and a mark stands unless it stands already. The first row of a lesson
/// says who teaches it and where.
pub fn merge(
    work: &Work<'_>,
    incoming: &[(Place, IncomingLesson)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> Result<(), Stop> {
    let mut known: HashMap<(chrono::NaiveDate, &str, &str), LessonId> = HashMap::new();
    let mut pupils = meant::Finder::default();
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
        if !pupil.on_roll(one.date) {
            merged.reject(place, "date", &one.date.to_string(), "the pupil is not on roll on this date");
            continue;
        }
        if let Err(Stop::Refused(why)) = work.times(one.date) {
            merged.reject(place, "date", &one.date.to_string(), why.to_string());
            continue;
        }
        let periods = &work.roll.school.periods;
        if !periods.iter().any(|period| period.name == one.period) {
            let names: Vec<&str> = periods.iter().map(|period| period.name.as_str()).collect();
            let reason = match names.as_slice() {
                [] => "the school's settings have no periods yet: `firstbell settings` adds them".to_owned(),
                names => format!("the school's settings have no such period: they have {}", names.join(", ")),
            };
            merged.reject(place, "period", &one.period, reason);
            continue;
        }
        if let Some(mark) = one.mark {
            let checked = work.roll.check_lesson_code(mark.code, one.date, pupil, work.local.date());
            if let Err(why) = check_import(work, mark.code, checked.err(), place, merged) {
                merged.reject(place, "code", mark.code.as_str(), why);
                continue;
            }
        }
        let key = (one.date, one.period.as_str(), one.class.as_str());
        let (id, corrected) = match known.get(&key) {
            Some(id) => (*id, false),
            None => {
                let (teacher, room) = (one.teacher.as_deref(), one.room.as_deref());
                let row = lesson::find_or_insert(work.connection, one.date, &one.period, &one.class, teacher, room)?;
                known.insert(key, row.0);
                row
            }
        };
        let is_new = !lesson::is_due(work.connection, id, pupil.id)?;
        if is_new {
            lesson::enrol(work.connection, work.act, id, pupil.id)?;
        }
        let held = lesson::standing(work.connection, id, pupil.id)?;
        let is_other = one.mark.is_some() && one.mark != held;
        if let Some(mark) = one.mark.filter(|_| is_other) {
            lesson::mark(work.connection, work.act, id, pupil.id, mark)?;
            settle_lesson(work, pupil.id, id)?;
        }
        match (is_new, is_other || corrected) {
            (true, _) => merged.lessons.new += 1,
            (false, true) => merged.lessons.changed += 1,
            (false, false) => merged.lessons.same += 1,
        }
    }
    Ok(())
}
