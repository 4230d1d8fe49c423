//! `unmarked`: registers of the current session that are not in, and those of the lessons that go on.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, minutes, sentence};
use crate::domain::calendar::session::Session;
use crate::domain::counted::counted;
use crate::domain::day::Day;
use crate::domain::facts::register::{Register, RegisterState};
use crate::domain::people::pupil::PupilId;
use crate::domain::register::register_ref::{RegisterRef, tutor};
use crate::domain::register::unmarked::{
    Unmarked, UnmarkedLesson, chased_this_month, habit, unmarked, unmarked_lessons,
};

/// One register.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RegisterFacts {
    group: Option<String>,
    lesson: Option<DueLessonFacts>,
    #[serde(skip)]
    name: String,
    year: Option<i64>,
    session: Session,
    state: &'static str,
    minutes_overdue: Option<i64>,
    put_off_until: Option<String>,
    marked: usize,
    on_roll: usize,
    blanks: Vec<PupilFacts>,
    tutor: Option<String>,
    cover: Option<String>,
    room: Option<String>,
    chased: usize,
    chases: Vec<ChaseFacts>,
    sessions_chased_this_month: Option<usize>,
    #[serde(skip)]
    habit: Option<usize>,
    taken_at: Option<String>,
    taken_by: Option<String>,
}

/// Whose register it is, of a lesson's.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DueLessonFacts {
    period: String,
    class: String,
    teacher: Option<String>,
}

/// One chase.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChaseFacts {
    method: &'static str,
    at: String,
    by: String,
}

/// List them.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let now = desk.local().time();
    let groups = unmarked(&day, session, now);
    let lessons = unmarked_lessons(&day, now);
    let of = day.registers.iter().filter(|register| register.session == session).count();
    let mut heading = format!("Registers not in: {} of {of}.", groups.len());
    if !lessons.is_empty() {
        heading += &format!(" Lessons: {}.", lessons.len());
    }
    let rows = groups.iter().map(|row| of_group(&day, row));
    let rows = rows.chain(lessons.iter().map(|row| of_lesson(&day, session, row))).collect();
    desk.answer(&heading, "Every register is in.", rows)
}

fn facts(
    day: &Day,
    register: RegisterRef,
    session: Session,
    state: RegisterState,
    blanks: &[PupilId],
) -> RegisterFacts {
    let (state, minutes_overdue) = match state {
        RegisterState::Overdue { minutes } => ("overdue", Some(minutes)),
        RegisterState::PartMarked { .. } => ("part-marked", None),
        RegisterState::Unmarked => ("unmarked", None),
        RegisterState::Taken => ("taken", None),
    };
    RegisterFacts {
        group: None,
        lesson: None,
        name: register.name(day),
        year: None,
        session,
        state,
        minutes_overdue,
        put_off_until: None,
        marked: 0,
        on_roll: 0,
        blanks: PupilFacts::all(&day.roll, blanks),
        tutor: None,
        cover: None,
        room: register.taker(day, session).room,
        chased: 0,
        chases: Vec::new(),
        sessions_chased_this_month: None,
        habit: None,
        taken_at: None,
        taken_by: None,
    }
}

fn of_group(day: &Day, row: &Unmarked<'_>) -> RegisterFacts {
    let Register { group, session, on_roll, blanks, cover, chases, taken, .. } = row.register;
    let facts = facts(day, RegisterRef::Group(*group), *session, row.state, blanks);
    RegisterFacts {
        group: Some(facts.name.clone()),
        year: day.roll.group(*group).and_then(|group| group.year),
        put_off_until: row.until.map(clock),
        marked: on_roll.saturating_sub(blanks.len()),
        on_roll: *on_roll,
        tutor: tutor(day, *group),
        cover: cover.clone(),
        chased: chases.len(),
        chases: chases
            .iter()
            .map(|chase| ChaseFacts {
                method: chase.method.as_str(),
                at: clock(chase.at.time()),
                by: chase.who.clone(),
            })
            .collect(),
        habit: habit(day, row.register),
        sessions_chased_this_month: Some(chased_this_month(day, row.register)),
        taken_at: taken.as_ref().map(|taken| clock(taken.at.time())),
        taken_by: taken.as_ref().map(|taken| taken.by.to_string()),
        ..facts
    }
}

fn of_lesson(day: &Day, session: Session, row: &UnmarkedLesson<'_>) -> RegisterFacts {
    let (period, class) = (row.lesson.period.clone(), row.lesson.class.clone());
    RegisterFacts {
        lesson: Some(DueLessonFacts { period, class, teacher: row.lesson.teacher.clone() }),
        marked: row.on_roll.saturating_sub(row.blanks.len()),
        on_roll: row.on_roll,
        chased: row.lesson.chases,
        ..facts(day, RegisterRef::Lesson(row.lesson.id), session, row.state, &row.blanks)
    }
}

impl Row for RegisterFacts {
    /// "9BW: overdue 24 minutes, tutor Mr Webb, room R12, chased 2 times, last by phone at 09:12."
    fn lines(&self) -> Vec<String> {
        let state = match (self.minutes_overdue, self.state) {
            (Some(late), _) => format!("overdue {}", minutes(late)),
            (None, "part-marked") => {
                format!("{} of {} marked, {} blank", self.marked, self.on_roll, self.blanks.len())
            }
            _ => "not yet due".to_owned(),
        };
        let labelled =
            |what: &str, value: Option<&String>| value.map_or_else(String::new, |value| format!("{what} {value}"));
        let chased = match (self.chased, self.chases.last()) {
            (0, _) => "not chased".to_owned(),
            (1, Some(last)) => format!("chased once, by {} at {}", last.method, last.at),
            (n, Some(last)) => format!("chased {n} times, last by {} at {}", last.method, last.at),
            (n, None) => format!("chased {}", counted(n, "time")),
        };
        let teacher = self.lesson.as_ref().and_then(|lesson| lesson.teacher.as_ref());
        let parts = [
            format!("{}: {state}", self.name),
            labelled("tutor", self.tutor.as_ref()),
            labelled("teacher", teacher),
            labelled("cover", self.cover.as_ref()),
            labelled("room", self.room.as_ref()),
            chased,
            self.habit.map_or_else(String::new, |count| format!("chased in {count} sessions this month")),
            labelled("put off until", self.put_off_until.as_ref()),
        ];
        // Of a register that is not in at all, every pupil is blank: that needs no saying.
        let blanks: Vec<&str> = match self.state {
            "part-marked" => self.blanks.iter().map(|pupil| pupil.telling_name.as_str()).collect(),
            _ => Vec::new(),
        };
        let blanks = if blanks.is_empty() { String::new() } else { format!(" Blank: {}.", blanks.join("; ")) };
        vec![sentence(parts) + &blanks]
    }
}
