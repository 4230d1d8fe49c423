//! Takes a lesson's register in. A lesson's mark is no statutory mark: it ends a report, and settles nothing by itself.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::domain::act::{Receipt, Refusal, TakeLesson, TakenBy};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::counted::counted;
use crate::domain::facts::lesson::LessonId;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::lesson;

impl Recorded for TakeLesson {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { lesson: id, by, marks } = self;
        let id = *id;
        let (class, date) = lesson::class_and_date(work.connection, id)?.ok_or(Refusal::Unknown { what: "lesson" })?;
        if date > work.today() {
            let text = format!("{class} on {} has not begun", date.format("%a %-d %b"));
            return Err(Stop::forbidden(text));
        }
        let from = begins(work, id)?.map(|(_, from)| from);
        for (pupil, mark) in marks {
            let member = work.on_roll(*pupil, date)?;
            if !lesson::is_due(work.connection, id, *pupil)? {
                return Err(Stop::forbidden(format!("{} is not in {class}", work.roll.telling_name(member))));
            }
            work.check_mark(*mark, work.roll.codes.lesson_at(mark.code, date), member)?;
            if let (TakenBy::Paper(_), Some(from)) = (by, from) {
                work.late_has_come(*mark, date, from)?;
            }
            lesson::mark(work.connection, work.act, id, *pupil, *mark)?;
            settle_lesson(work, *pupil, id)?;
        }
        let says = format!("{class} register taken by {by}, {}", counted(marks.len(), "mark"));
        Ok(Receipt { lesson: Some(id), ..work.receipt(says, marks.iter().map(|(pupil, _)| *pupil).collect()) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(lesson::take_back(work.connection, chain.first, work.act, false)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        Ok(lesson::take_back(work.connection, chain.first, chain.target, true)?)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        let Some((_, date)) = lesson::class_and_date(work.connection, self.lesson)? else { return Ok(Vec::new()) };
        let morning = SessionDate::new(date, Session::Am);
        Ok(self.marks.iter().map(|(pupil, _)| (*pupil, morning)).collect())
    }

    fn date(&self, connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(lesson::class_and_date(connection, self.lesson)?.map(|(_, date)| date))
    }
}

/// Weigh again what a lesson's mark may have ended: from the session in which the lesson lies.
pub fn settle_lesson(work: &Work<'_>, pupil: PupilId, id: LessonId) -> Result<(), Stop> {
    let Some((date, from)) = begins(work, id)? else { return Ok(()) };
    work.settle_if_reported(pupil, work.moment(date, from), Quote::default())
}

/// The date of a lesson, and when it begins; `None` where the settings do not name its period any more.
fn begins(work: &Work<'_>, id: LessonId) -> Result<Option<(NaiveDate, NaiveTime)>, Stop> {
    let held = lesson::period_and_date(work.connection, id)?;
    Ok(held.and_then(|(period, date)| {
        let period = work.roll.school.periods.iter().find(|one| one.name == period)?;
        Some((date, period.starts))
    }))
}
