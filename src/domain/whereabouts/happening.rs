//! What happened about a pupil today besides registers, calls and marks: lessons, out and back, seen and not seen, searches,
//! steps on the ladder and of a late, what providers said, and what the office made of a contradiction.

use chrono::NaiveTime;
use serde::Serialize;

use crate::domain::day::{Day, Timelines};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::lesson::{Lesson, Period};
use crate::domain::people::pupil::PupilId;
use crate::domain::timeline::{Timeline, What};

/// What kind of thing happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Due in a lesson, marked there or not yet.
    Lesson,
    /// Out of the building, or back.
    Movement,
    /// Looked for by somebody.
    Sighting,
    /// A search opened, noted upon or over.
    Search,
    /// A step on the ladder, or of following a late through.
    Step,
    /// A provider said whether the pupil is there.
    Confirmation,
    /// A contradiction looked at and left as it is.
    Decision,
}

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happening {
    /// School-local time; a lesson's is the start of its period.
    pub at: NaiveTime,
    /// What kind.
    pub kind: Kind,
    /// In words: "out: dentist".
    pub text: String,
    /// By whom; a lesson is nobody's act.
    pub who: Option<String>,
}

/// The lessons a pupil is due in today, with the marks there, in the order of the day.
pub fn lessons(day: &Day, pupil: PupilId) -> Vec<(&Period, &Lesson, Option<Mark>)> {
    let mut all: Vec<(&Period, &Lesson, Option<Mark>)> = day
        .lesson_marks_of(pupil)
        .iter()
        .filter_map(|one| {
            let lesson = day.lesson(one.lesson)?;
            Some((day.period_of(lesson)?, lesson, one.mark))
        })
        .collect();
    all.sort_by_key(|(period, ..)| period.starts);
    all
}

/// Everything of today about a pupil, in order of time.
pub fn happenings(day: &Day, pupil: PupilId) -> Vec<Happening> {
    let mut all: Vec<Happening> = Vec::new();
    for (period, lesson, mark) in lessons(day, pupil) {
        let mark = mark.map_or_else(|| "not marked".to_owned(), |mark| mark.to_string());
        let room = lesson.room.as_ref().map(|room| format!(" in {room}")).unwrap_or_default();
        let text = format!("{}{room}: {mark}", lesson.name());
        all.push(Happening { at: period.starts, kind: Kind::Lesson, text, who: None });
    }
    let mut add = |at, kind, text, who: &str| all.push(Happening { at, kind, text, who: Some(who.to_owned()) });
    let line = day.roll.pupil(pupil).map(|pupil| Timelines::whole(day).of(pupil));
    for event in line.iter().flat_map(Timeline::events) {
        let detail = |words: &str| if words.is_empty() { String::new() } else { format!(": {words}") };
        match event.what {
            What::Departure(one) => add(one.time, Kind::Movement, format!("out{}", detail(&one.reason)), &one.who),
            What::Return(one) => add(one.time, Kind::Movement, format!("back{}", detail(&one.reason)), &one.who),
            What::Sighting(one) => {
                let seen = if one.seen { "seen" } else { "NOT seen" };
                add(one.time, Kind::Sighting, format!("{seen}, {}", one.place), &one.who);
            }
            What::Answer(one) => {
                let there = if one.there { "there" } else { "NOT there" };
                let text = format!("{} {there}, says {}", one.session, one.said_by);
                add(one.at.time(), Kind::Confirmation, text, &one.who);
            }
            // Lessons are told with those that are not marked; the rest stands with its session.
            What::Lesson(..) | What::Register(_) | What::Arrival(_) | What::Reported(..) | What::Decision(..) => {}
        }
    }
    for search in day.searches.iter().filter(|search| search.pupil == pupil) {
        let opened = format!("search opened, last seen {}", search.last_seen);
        add(search.opened.time(), Kind::Search, opened, &search.who);
        for note in &search.notes {
            add(note.at.time(), Kind::Search, format!("search: {}", note.words), &note.who);
        }
        if let Some(end) = &search.ended {
            add(end.at.time(), Kind::Search, format!("search over, {}: {}", end.how(), end.words), &end.who);
        }
    }
    for step in day.steps.iter().filter(|step| step.pupil == pupil) {
        let words = if step.words.is_empty() { String::new() } else { format!(": {}", step.words) };
        add(step.at.time(), Kind::Step, format!("{}{words}", step.step), &step.who);
    }
    for one in day.late_steps.iter().filter(|one| one.pupil == pupil) {
        add(one.at.time(), Kind::Step, format!("late {}: {}", one.session, one.describe()), &one.who);
    }
    for one in day.decisions.iter().filter(|one| one.pupil == pupil) {
        let text = format!("{} {}, left as marked: {}", one.session, one.contradiction.describe(), one.reason);
        add(one.at.time(), Kind::Decision, text, &one.who);
    }
    all.sort_by_key(|one| one.at);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::calendar::session::Session;
    use crate::domain::facts::contradiction::{ContradictionKind, Decision};
    use crate::domain::facts::late_step::{LateFollowed, LateStep};
    use crate::domain::facts::lesson::{LessonId, LessonMark};
    use crate::domain::facts::presence::{Confirmation, Movement, Sighting, Way};
    use crate::domain::facts::search::{Search, SearchEnd, SearchNote, SearchOutcome};
    use crate::domain::school::ladder::StepTaken;
    use crate::domain::testing::*;

    #[test]
    fn everything_of_the_day_is_told_once_and_in_order() {
        let mut day = day(&[]);
        let (act, pupil, who) = (ActId(9), AMIRA, "S Marsh".to_owned());
        for (id, period) in [(1, "2"), (2, "1")] {
            let (class, room) = (format!("8KM class {id}"), Some("R4".to_owned()));
            let period = period.to_owned();
            day.lessons.push(Lesson { id: LessonId(id), period, class, teacher: None, room, chases: 0 });
            let mark = (id == 2).then(|| mark("/"));
            std::sync::Arc::make_mut(&mut day.lesson_marks).push(LessonMark { lesson: LessonId(id), pupil, mark, act });
        }
        let out = Movement {
            act,
            pupil,
            time: time("10:20"),
            way: Way::Out,
            reason: "dentist".to_owned(),
            code: None,
            who: who.clone(),
        };
        let back = Movement { time: time("11:40"), way: Way::Back, reason: String::new(), ..out.clone() };
        let other = Movement { pupil: BILAL, ..out.clone() };
        day.movements = vec![out, back, other];
        let (place, seen) = ("sweep of 8KM".to_owned(), false);
        day.sightings.push(Sighting { act, pupil, time: time("10:02"), seen, place, who: who.clone() });
        let note = SearchNote { at: at("10:07"), who: "J Ito".to_owned(), words: "toilets, no".to_owned() };
        let end = SearchEnd {
            outcome: SearchOutcome::Found,
            found: None,
            words: "library".to_owned(),
            at: at("10:11"),
            who: who.clone(),
        };
        day.searches.push(Search {
            act,
            pupil,
            opened: at("10:05"),
            who: who.clone(),
            last_seen: "P1".to_owned(),
            notes: vec![note],
            ended: Some(end),
        });
        let (step, words) = ("tell DSL".to_owned().into(), "Mrs Hale".to_owned());
        day.steps.push(StepTaken { act, pupil, session: Session::Am, step, words, who: who.clone(), at: at("09:40") });
        day.late_steps.push(LateFollowed {
            act,
            pupil,
            session: Session::Am,
            step: LateStep::Sanctioned,
            words: "15 min".to_owned(),
            who: who.clone(),
            at: at("09:45"),
        });
        day.confirmations.push(Confirmation {
            act,
            pupil,
            session: Session::Am,
            there: true,
            said_by: "Mr Hall".to_owned(),
            who: who.clone(),
            at: at("09:20"),
        });
        day.decisions.push(Decision {
            act,
            pupil,
            session: Session::Am,
            contradiction: ContradictionKind::AbsentThenSeen,
            reason: "supply teacher".to_owned(),
            who,
            at: at("10:30"),
        });
        let detail: Vec<String> =
            happenings(&day, AMIRA).iter().map(|one| format!("{} {}", one.at.format("%H:%M"), one.text)).collect();
        assert_eq!(
            detail,
            [
                "09:00 P1 8KM class 2 in R4: /",
                "09:20 AM there, says Mr Hall",
                "09:40 tell DSL: Mrs Hale",
                "09:45 late AM: sanction given, 15 min",
                "09:50 P2 8KM class 1 in R4: not marked",
                "10:02 NOT seen, sweep of 8KM",
                "10:05 search opened, last seen P1",
                "10:07 search: toilets, no",
                "10:11 search over, found: library",
                "10:20 out: dentist",
                "10:30 AM N, then seen, left as marked: supply teacher",
                "11:40 back",
            ]
        );
        assert_eq!(happenings(&day, BILAL).len(), 1);
    }
}
