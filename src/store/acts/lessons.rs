//! Lessons' registers: handed in, and chased. A lesson's mark is no statutory mark: it ends what was told, and settles nothing by itself.

use super::presence::moment;
use super::registers::count;
use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal, TakenBy};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::lesson::LessonId;
use crate::domain::facts::register::ChaseMethod;
use crate::domain::people::pupil::PupilId;
use crate::store::tables::lesson;

/// Hand in a lesson's register.
pub fn take(work: &Work<'_>, id: LessonId, by: &TakenBy, marks: &[(PupilId, Mark)]) -> Result<Receipt, Stop> {
    let (class, date) = lesson::class_and_date(work.connection, id)?.ok_or(Refusal::Unknown { what: "lesson" })?;
    if date > work.today() {
        let says = format!("{class} on {} has not begun", date.format("%a %-d %b"));
        return Err(Refusal::Forbidden(says).into());
    }
    for (pupil, mark) in marks {
        let member = work.on_roll(*pupil, date)?;
        if !lesson::is_due(work.connection, id, *pupil)? {
            return Err(Refusal::Forbidden(format!("{} is not in {class}", member.list_name())).into());
        }
        work.check_mark(*mark, work.roll.codes.lesson_at(mark.code, date), member)?;
        lesson::mark(work.connection, work.act, id, *pupil, *mark)?;
        settle_lesson(work, *pupil, id)?;
    }
    let says = format!("{class} register taken by {}, {}", by.says(), count(marks.len()));
    Ok(Receipt { lesson: Some(id), ..work.receipt(says, marks.iter().map(|(pupil, _)| *pupil).collect()) })
}

/// Weigh again what a lesson's mark may have ended: from the session in which the lesson lies.
pub fn settle_lesson(work: &Work<'_>, pupil: PupilId, id: LessonId) -> Result<(), Stop> {
    let Some((period, date)) = lesson::period_and_date(work.connection, id)? else { return Ok(()) };
    let Some(period) = work.roll.school.periods.iter().find(|one| one.name == period) else { return Ok(()) };
    work.settle_if_told(pupil, moment(work, date, period.starts), Said::default())
}

/// Record that a lesson's register was chased.
pub fn chase(work: &Work<'_>, id: LessonId, method: ChaseMethod) -> Result<Receipt, Stop> {
    let (class, _) = lesson::class_and_date(work.connection, id)?.ok_or(Refusal::Unknown { what: "lesson" })?;
    lesson::chase(work.connection, work.act, id, method)?;
    let says = format!("Chased {class} by {}", method.as_str());
    Ok(Receipt { lesson: Some(id), ..work.receipt(says, Vec::new()) })
}
