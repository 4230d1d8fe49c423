//! Lessons: who is due where, every mark of their registers, and the current one.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::lesson::{Lesson, LessonId, LessonMark};
use crate::domain::facts::register::ChaseMethod;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date, date_text, mark_or_none, missing};

/// Put a lesson of `date` on the timetable; one of that period and class is corrected where anything is given. Says whether
/// that changed one which was there.
pub fn find_or_insert(
    connection: &Connection,
    on: NaiveDate,
    period: &str,
    class: &str,
    teacher: Option<&str>,
    room: Option<&str>,
) -> rusqlite::Result<(LessonId, bool)> {
    let held = connection
        .prepare_cached(
            "SELECT id, coalesce(?4, teacher) IS NOT teacher OR coalesce(?5, room) IS NOT room
             FROM lesson WHERE date = ?1 AND period = ?2 AND class = ?3",
        )?
        .query_row(params![date_text(on), period, class, teacher, room], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match held {
        Some((id, true)) => {
            connection
                .prepare_cached(
                    "UPDATE lesson SET teacher = coalesce(?2, teacher), room = coalesce(?3, room) WHERE id = ?1",
                )?
                .execute(params![id, teacher, room])?;
            Ok((id, true))
        }
        Some((id, false)) => Ok((id, false)),
        None => {
            connection
                .prepare_cached("INSERT INTO lesson (date, period, class, teacher, room) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![date_text(on), period, class, teacher, room])?;
            Ok((LessonId(connection.last_insert_rowid()), false))
        }
    }
}

/// A pupil is due in a lesson: `act` says so.
pub fn enrol(connection: &Connection, act: ActId, lesson: LessonId, pupil: PupilId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO lesson_pupil (lesson, pupil, due) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET due = excluded.due, withdrawn = NULL",
        )?
        .execute((lesson, pupil, act))?;
    Ok(())
}

/// Withdraw the lessons' pupils that `act` added, by the act `by`; with `again`, restore them.
pub fn take_back_due(connection: &Connection, act: ActId, by: ActId, again: bool) -> rusqlite::Result<()> {
    let sql = if again {
        "UPDATE lesson_pupil SET withdrawn = NULL WHERE due = ?1 AND withdrawn = ?2 AND lesson IN
           (SELECT id FROM lesson WHERE date >= (SELECT coalesce(about, '') FROM act WHERE id = ?1))"
    } else {
        "UPDATE lesson_pupil SET withdrawn = ?2 WHERE due = ?1 AND withdrawn IS NULL AND lesson IN
           (SELECT id FROM lesson WHERE date >= (SELECT coalesce(about, '') FROM act WHERE id = ?1))"
    };
    connection.prepare_cached(sql)?.execute((act, by))?;
    Ok(())
}

/// A mark that stands, and not by `act`, in a lesson in which only `act` made its pupil due: whose, and the act that brought it.
pub fn marked_since(connection: &Connection, act: ActId) -> rusqlite::Result<Option<(PupilId, ActId)>> {
    connection
        .prepare_cached(
            "SELECT m.pupil, m.act FROM lesson l CROSS JOIN lesson_pupil p ON p.lesson = l.id
               CROSS JOIN lesson_mark m ON m.lesson = p.lesson AND m.pupil = p.pupil
             WHERE l.date >= (SELECT coalesce(about, '') FROM act WHERE id = ?1) AND p.due = ?1 AND m.act <> ?1 AND m.withdrawn IS NULL LIMIT 1",
        )?
        .query_row([act], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// The marks that `act` brought: in which lessons, and whose.
pub fn marked_by(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<(LessonId, PupilId)>> {
    connection
        .prepare_cached("SELECT DISTINCT lesson, pupil FROM lesson_mark WHERE act = ?1")?
        .query_map([act], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Whether the pupil is due in the lesson.
pub fn is_due(connection: &Connection, lesson: LessonId, pupil: PupilId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM lesson_pupil WHERE lesson = ?1 AND pupil = ?2 AND withdrawn IS NULL)",
        )?
        .query_row((lesson, pupil), |row| row.get(0))
}

/// The mark that stands for a pupil in a lesson.
pub fn standing(connection: &Connection, lesson: LessonId, pupil: PupilId) -> rusqlite::Result<Option<Mark>> {
    let found = connection
        .prepare_cached("SELECT code, minutes FROM lesson_pupil WHERE lesson = ?1 AND pupil = ?2")?
        .query_row((lesson, pupil), |row| mark_or_none(row, 0))
        .optional()?;
    Ok(found.flatten())
}

/// Record a mark that the lesson's register brought: it stands from now on.
pub fn mark(connection: &Connection, act: ActId, lesson: LessonId, pupil: PupilId, mark: Mark) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO lesson_mark (act, lesson, pupil, code, minutes) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![act, lesson, pupil, mark.code, mark.minutes])?;
    stand(connection, lesson, pupil)
}

/// Let the newest mark stand that is not taken back.
fn stand(connection: &Connection, lesson: LessonId, pupil: PupilId) -> rusqlite::Result<()> {
    let newest = connection
        .prepare_cached(
            "SELECT code, minutes, act FROM lesson_mark WHERE lesson = ?1 AND pupil = ?2 AND withdrawn IS NULL
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row((lesson, pupil), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (code, minutes, act): (Option<Code>, Option<i64>, Option<i64>) = newest.unwrap_or_default();
    connection
        .prepare_cached("UPDATE lesson_pupil SET code = ?3, minutes = ?4, act = ?5 WHERE lesson = ?1 AND pupil = ?2")?
        .execute(params![lesson, pupil, code, minutes, act])?;
    Ok(())
}

/// Withdraw the marks that `act` brought, or with `again` let them stand again; what stands in each lesson follows.
pub fn take_back(connection: &Connection, act: ActId, by: ActId, again: bool) -> rusqlite::Result<()> {
    let sql = if again {
        "UPDATE lesson_mark SET withdrawn = NULL WHERE act = ?1 AND withdrawn = ?2"
    } else {
        "UPDATE lesson_mark SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL"
    };
    connection.prepare_cached(sql)?.execute((act, by))?;
    for (lesson, pupil) in marked_by(connection, act)? {
        stand(connection, lesson, pupil)?;
    }
    Ok(())
}

/// Record a chase.
pub fn chase(connection: &Connection, act: ActId, lesson: LessonId, method: ChaseMethod) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO lesson_chase (act, lesson, method) VALUES (?1, ?2, ?3)")?
        .execute(params![act, lesson, method])?;
    Ok(())
}

/// The class and date of a lesson; `None` if there is no such lesson.
pub fn class_and_date(connection: &Connection, lesson: LessonId) -> rusqlite::Result<Option<(String, NaiveDate)>> {
    connection
        .prepare_cached("SELECT class, date FROM lesson WHERE id = ?1")?
        .query_row([lesson], |row| Ok((row.get(0)?, date(row, 1)?)))
        .optional()
}

/// The period and date of a lesson; `None` if there is no such lesson.
pub fn period_and_date(connection: &Connection, lesson: LessonId) -> rusqlite::Result<Option<(String, NaiveDate)>> {
    connection
        .prepare_cached("SELECT period, date FROM lesson WHERE id = ?1")?
        .query_row([lesson], |row| Ok((row.get(0)?, date(row, 1)?)))
        .optional()
}

/// Lessons of `date`, by period and class.
pub fn on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<Lesson>> {
    let mut chases: HashMap<LessonId, usize> = HashMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT c.lesson FROM lesson l JOIN lesson_chase c ON c.lesson = l.id WHERE l.date = ?1 AND c.withdrawn IS NULL",
    )?;
    for lesson in statement.query_map([date_text(date)], |row| row.get(0))? {
        *chases.entry(lesson?).or_default() += 1;
    }
    let mut statement = connection
        .prepare_cached("SELECT id, period, class, teacher, room FROM lesson WHERE date = ?1
             AND EXISTS (SELECT 1 FROM lesson_pupil WHERE lesson_pupil.lesson = lesson.id AND withdrawn IS NULL) ORDER BY period, class")?;
    statement
        .query_map([date_text(date)], |row| {
            let id = row.get(0)?;
            Ok(Lesson {
                id,
                period: row.get(1)?,
                class: row.get(2)?,
                teacher: row.get(3)?,
                room: row.get(4)?,
                chases: chases.get(&id).copied().unwrap_or(0),
            })
        })?
        .collect()
}

/// Lessons' marks of one date, kept while no act moves them: they are thousands, and most acts move none.
#[derive(Default)]
pub struct Cache {
    date: Option<NaiveDate>,
    read_at: i64,
    marks: Arc<Vec<LessonMark>>,
}

impl Cache {
    /// Who is due in which lesson of `date`, and the marks there: by pupil, then lesson.
    pub fn marks_on(&mut self, connection: &Connection, date: NaiveDate) -> rusqlite::Result<Arc<Vec<LessonMark>>> {
        let (last, moved): (i64, bool) = connection
            .prepare_cached(
                "SELECT (SELECT coalesce(max(id), 0) FROM act),
                        EXISTS (SELECT 1 FROM act WHERE id > ?1 AND kind IN ('lesson', 'import', 'undo'))",
            )?
            .query_row([self.read_at], |row| Ok((row.get(0)?, row.get(1)?)))?;
        // A file put back in place of another begins its acts anew.
        if self.date != Some(date) || moved || last < self.read_at {
            self.marks = Arc::new(marks_on(connection, date)?);
        }
        (self.date, self.read_at) = (Some(date), last);
        Ok(self.marks.clone())
    }
}

/// Who was due in the last lessons of each class that has had one since `first`.
pub fn last_lists(connection: &Connection, first: NaiveDate) -> rusqlite::Result<Vec<(String, PupilId)>> {
    let mut statement = connection.prepare_cached(
        "SELECT l.class, l.date, p.pupil FROM lesson l JOIN lesson_pupil p ON p.lesson = l.id
         WHERE l.date >= ?1 AND p.withdrawn IS NULL ORDER BY l.date DESC",
    )?;
    let mut rows = statement.query([date_text(first)])?;
    let (mut last, mut lists) = (HashMap::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (class, date): (String, String) = (row.get(0)?, row.get(1)?);
        if *last.entry(class.clone()).or_insert_with(|| date.clone()) == date {
            lists.push((class, row.get(2)?));
        }
    }
    Ok(lists)
}

/// The lessons a pupil is due in on `date`, and the marks there.
pub fn of_pupil(
    connection: &Connection,
    pupil: PupilId,
    date: NaiveDate,
) -> rusqlite::Result<Vec<(Lesson, LessonMark)>> {
    let mut statement = connection.prepare_cached(
        "SELECT l.id, l.period, l.class, l.teacher, l.room, p.code, p.minutes, p.act
         FROM lesson l JOIN lesson_pupil p ON p.lesson = l.id AND p.pupil = ?2
         WHERE l.date = ?1 AND p.withdrawn IS NULL",
    )?;
    statement
        .query_map(params![date_text(date), pupil], |row| {
            let (id, act) = (row.get(0)?, row.get::<_, Option<i64>>(7)?.unwrap_or_default());
            let mark = LessonMark { lesson: id, pupil, mark: mark_or_none(row, 5)?, act: ActId(act) };
            let (period, class, teacher, room) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((Lesson { id, period, class, teacher, room, chases: 0 }, mark))
        })?
        .collect()
}

fn marks_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<LessonMark>> {
    let mut statement = connection.prepare_cached(
        "SELECT p.lesson, p.pupil, p.code, p.minutes, p.act FROM lesson l JOIN lesson_pupil p ON p.lesson = l.id
         WHERE l.date = ?1 AND p.withdrawn IS NULL",
    )?;
    let mut marks: Vec<LessonMark> = statement
        .query_map([date_text(date)], |row| {
            let mark = mark_or_none(row, 2)?;
            let act: Option<i64> = row.get(4)?;
            if mark.is_some() && act.is_none() {
                return Err(missing(4));
            }
            Ok(LessonMark { lesson: row.get(0)?, pupil: row.get(1)?, mark, act: ActId(act.unwrap_or_default()) })
        })?
        .collect::<rusqlite::Result<_>>()?;
    marks.sort_unstable_by_key(|one| (one.pupil, one.lesson));
    // They are kept all day.
    marks.shrink_to_fit();
    Ok(marks)
}
