//! Where a pupil is now and what happened today, as `who` gives them in JSON and reads them out.

use serde::Serialize;

use crate::cli::text::{clock, sentence};
use crate::domain::day::Day;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::facts::lesson::period_word;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::happening::{self, Happening, Kind};
use crate::domain::whereabouts::{WhereNow, where_now};

/// Where the pupil is now.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NowFacts {
    /// In one line.
    pub says: String,
    /// The period going on, and the lesson the pupil is due in.
    pub period: Option<String>,
    pub class: Option<String>,
    pub room: Option<String>,
    pub teacher: Option<String>,
    pub lesson_mark: Option<Mark>,
    /// The newest mark of any register.
    pub last_mark: Option<MarkedFacts>,
    /// When the gate first logged the pupil in.
    pub gate_in: Option<String>,
    /// Out since when, if not back.
    pub out: Option<HappeningFacts>,
    pub last_sighting: Option<HappeningFacts>,
    /// With whom, and what is confirmed.
    pub off_site: Option<String>,
}

/// A mark, by where and when it was made.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MarkedFacts {
    pub at: String,
    pub says: String,
}

/// A lesson the pupil is due in today.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LessonFacts {
    pub period: String,
    pub starts: String,
    pub ends: String,
    pub class: String,
    pub room: Option<String>,
    pub teacher: Option<String>,
    pub mark: Option<Mark>,
}

/// Something that happened today.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HappeningFacts {
    pub at: String,
    /// `movement`, `sighting`, `search`, `step`, `confirmation` or `decision`.
    pub kind: Kind,
    pub says: String,
    pub by: Option<String>,
}

impl NowFacts {
    /// Where `pupil` is at `now`.
    pub fn of(day: &Day, pupil: PupilId, now: chrono::NaiveTime) -> NowFacts {
        let WhereNow {
            text,
            period,
            class,
            room,
            teacher,
            lesson_mark,
            last_mark,
            gate_in,
            out,
            last_sighting,
            off_site,
        } = where_now(day, pupil, now);
        let out = out.map(|out| HappeningFacts {
            at: clock(out.time),
            kind: Kind::Movement,
            says: out.reason,
            by: Some(out.who),
        });
        let last_sighting = last_sighting.map(|one| HappeningFacts {
            at: clock(one.time),
            kind: Kind::Sighting,
            says: format!("{}, {}", if one.seen { "seen" } else { "NOT seen" }, one.place),
            by: Some(one.who),
        });
        let last_mark = last_mark.map(|(text, at)| MarkedFacts { at: clock(at), says: text });
        let gate_in = gate_in.map(clock);
        NowFacts {
            says: text,
            period,
            class,
            room,
            teacher,
            lesson_mark,
            last_mark,
            gate_in,
            out,
            last_sighting,
            off_site,
        }
    }
}

/// The lessons of the pupil's day, in order.
pub fn lessons(day: &Day, pupil: PupilId) -> Vec<LessonFacts> {
    let facts = happening::lessons(day, pupil).into_iter().map(|(period, lesson, mark)| LessonFacts {
        period: lesson.period.clone(),
        starts: clock(period.starts),
        ends: clock(period.ends),
        class: lesson.class.clone(),
        room: lesson.room.clone(),
        teacher: lesson.teacher.clone(),
        mark,
    });
    facts.collect()
}

/// What else happened today, in order of time.
pub fn happenings(day: &Day, pupil: PupilId) -> Vec<HappeningFacts> {
    let all = happening::happenings(day, pupil).into_iter().filter(|one| one.kind != Kind::Lesson);
    all.map(|Happening { at, kind, text, who }| HappeningFacts { at: clock(at), kind, says: text, by: who }).collect()
}

/// "P1 09:00: 8KM Maths, R4, Ms Ali, /."
pub fn of_lesson(lesson: &LessonFacts) -> String {
    sentence([
        format!("{} {}: {}", period_word(&lesson.period), lesson.starts, lesson.class),
        lesson.room.clone().unwrap_or_default(),
        lesson.teacher.clone().unwrap_or_default(),
        or_blank(lesson.mark),
    ])
}

/// "10:20 out: dentist, by S Marsh."
pub fn of_happening(happening: &HappeningFacts) -> String {
    sentence([
        format!("{} {}", happening.at, happening.says),
        happening.by.as_ref().map(|by| format!("by {by}")).unwrap_or_default(),
    ])
}
