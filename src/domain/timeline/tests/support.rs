//! Builds a pupil's day from a few words, and reads its marks.

use chrono::{NaiveTime, TimeDelta};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{DayTimes, Session, SessionDate};
use crate::domain::facts::evidence::{Evidence, Fact, Mark, Who};
use crate::domain::facts::lesson::{Lesson, LessonId, LessonMark};
use crate::domain::facts::presence::{Confirmation, Movement, Sighting, Way};
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::testing::*;
use crate::domain::timeline::{Earlier, Setting, Timeline};

pub const AM: Session = Session::Am;
pub const PM: Session = Session::Pm;

/// One fact of the day, recorded by an act of its own.
#[derive(Clone, Debug)]
pub enum Given {
    Evidence(Evidence),
    Moved(Movement),
    Sighted(Sighting),
    Answered(Confirmation),
    /// A lesson that begins then, and the mark in it.
    Lesson(Lesson, NaiveTime, LessonMark),
}

/// The number of an act recorded at that time of today.
pub fn act_at(recorded: &str) -> ActId {
    ActId((at(recorded) - today().and_time(NaiveTime::MIN)).num_seconds())
}

/// A register taken then, by the tutor.
pub fn registered(session: Session, text: &str, taken: &str) -> Given {
    registered_by("Mr Alpha", session, text, taken)
}

pub fn registered_by(who: &str, session: Session, text: &str, taken: &str) -> Given {
    Given::Evidence(Evidence { who: taker(who), ..only(session, tutor(text, taken)) })
}

fn taker(name: &str) -> Who {
    Who::Taker(Some(TakenBy::Teacher(name.to_owned())))
}

/// Logged in as it happened.
pub fn late(came: &str) -> Given {
    Given::Evidence(gate(came))
}

/// Reported or arranged of the whole day.
pub fn reported(text: &str, recorded: &str) -> Given {
    Given::Evidence(report(text, recorded))
}

/// The same of one session.
pub fn reported_for(session: Session, text: &str, recorded: &str) -> Given {
    Given::Evidence(only(session, report(text, recorded)))
}

pub fn decided(session: Session, text: &str, recorded: &str) -> Given {
    Given::Evidence(only(session, office(text, recorded)))
}

/// Out at that time, for a reason that the table has a code for, or has none for.
pub fn out(left: &str, reason: &str, text: Option<&str>) -> Given {
    let (time, reason, who) = (time(left), reason.to_owned(), "S Marsh".to_owned());
    let code = text.map(code);
    Given::Moved(Movement { act: act_at(left), pupil: AMIRA, time, way: Way::Out, reason, code, who })
}

pub fn back(came: &str) -> Given {
    let (time, who) = (time(came), "S Marsh".to_owned());
    let (reason, code) = (String::new(), None);
    Given::Moved(Movement { act: act_at(came), pupil: AMIRA, time, way: Way::Back, reason, code, who })
}

pub fn sighted(looked: &str, seen: bool) -> Given {
    let (time, place, who) = (time(looked), "library".to_owned(), "S Marsh".to_owned());
    Given::Sighted(Sighting { act: act_at(looked), pupil: AMIRA, time, seen, place, who })
}

pub fn answered(session: Session, there: bool, shown: &str) -> Given {
    let (said_by, who) = ("Mr Hall".to_owned(), "S Marsh".to_owned());
    Given::Answered(Confirmation { act: act_at(shown), pupil: AMIRA, session, there, said_by, who, at: at(shown) })
}

/// A lesson's mark, brought as the lesson begins.
pub fn in_lesson(starts: &str, text: &str) -> Given {
    let id = LessonId(act_at(starts).0);
    let (period, class) = (starts.to_owned(), "8KM Maths".to_owned());
    let held = Lesson { id, period, class, teacher: None, room: None, chases: 0 };
    let mark = LessonMark { lesson: id, pupil: AMIRA, mark: Some(mark(text)), act: act_at(starts) };
    Given::Lesson(held, time(starts), mark)
}

impl Given {
    /// The number of the act.
    pub fn act(&self) -> ActId {
        match self {
            Given::Evidence(one) => one.act,
            Given::Moved(one) => one.act,
            Given::Sighted(one) => one.act,
            Given::Answered(one) => one.act,
            Given::Lesson(_, _, one) => one.act,
        }
    }

    /// The same, recorded by another act.
    pub fn recorded_by(self, act: ActId) -> Given {
        match self {
            Given::Evidence(one) => Given::Evidence(Evidence { act, ..one }),
            Given::Moved(one) => Given::Moved(Movement { act, ..one }),
            Given::Sighted(one) => Given::Sighted(Sighting { act, ..one }),
            Given::Answered(one) => Given::Answered(Confirmation { act, ..one }),
            Given::Lesson(lesson, starts, one) => Given::Lesson(lesson, starts, LessonMark { act, ..one }),
        }
    }

    pub fn is_decision(&self) -> bool {
        matches!(self, Given::Evidence(Evidence { fact: Fact::Office { .. }, .. }))
    }

    pub fn is_register(&self) -> bool {
        matches!(self, Given::Evidence(Evidence { fact: Fact::Tutor(_), .. }))
    }

    pub fn is_reported(&self) -> bool {
        matches!(self, Given::Evidence(one) if one.fact.reported_code().is_some())
    }
}

/// What a day's facts come to.
pub fn with_line<T>(facts: &[Given], earlier: Option<Earlier>, ask: impl FnOnce(&Timeline<'_>) -> T) -> T {
    with_hours(facts, &times(), earlier, ask)
}

pub fn with_hours<T>(
    facts: &[Given],
    hours: &DayTimes,
    earlier: Option<Earlier>,
    ask: impl FnOnce(&Timeline<'_>) -> T,
) -> T {
    let codes = codes();
    let mut line = Timeline::new(Setting { date: today(), hours, codes: &codes });
    for one in facts {
        match one {
            Given::Evidence(one) => line.add_evidence(one),
            Given::Moved(one) => line.add_movement(one),
            Given::Sighted(one) => line.add_sighting(one),
            Given::Answered(one) => line.add_answer(one),
            Given::Lesson(lesson, starts, mark) => line.add_lesson(lesson, *starts, mark),
        }
    }
    line.add_earlier(earlier);
    ask(&line.in_order())
}

/// Both marks in words: "U 60 min, N".
pub fn marks(facts: &[Given]) -> String {
    marks_after(facts, None)
}

pub fn marks_after(facts: &[Given], earlier: Option<Earlier>) -> String {
    let shown = |mark: Option<Mark>| mark.map_or_else(|| "-".to_owned(), |mark| mark.to_string());
    with_line(facts, earlier, |line| format!("{}, {}", shown(line.mark(AM).mark), shown(line.mark(PM).mark)))
}

/// Why the morning is marked as it is.
pub fn why(facts: &[Given]) -> String {
    with_line(facts, None, |line| line.mark(AM).why())
}

/// The morning of so many days before today.
pub fn days_ago(days: i64, session: Session) -> SessionDate {
    SessionDate::new(today() - TimeDelta::days(days), session)
}
