//! The timelines of a day: every fact is assigned to its pupil in one pass.

use chrono::NaiveTime;
use hashbrown::HashMap;

use super::Day;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::lesson::{Lesson, LessonId, LessonMark};
use crate::domain::facts::presence::{Confirmation, Movement, Sighting};
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::timeline::{RegisterMark, Setting, Timeline};

/// What the timelines of one day's pupils are made from.
pub struct Timelines<'a> {
    day: &'a Day,
    until: Option<NaiveTime>,
    lessons: HashMap<LessonId, (&'a Lesson, NaiveTime)>,
    lesson_marks: HashMap<PupilId, &'a [LessonMark]>,
    movements: HashMap<PupilId, Vec<&'a Movement>>,
    sightings: HashMap<PupilId, Vec<&'a Sighting>>,
    answers: HashMap<PupilId, Vec<&'a Confirmation>>,
}

impl<'a> Timelines<'a> {
    /// Of a day as it stands at `now`, school-local: what lies later has not happened.
    pub fn at(day: &'a Day, now: NaiveTime) -> Timelines<'a> {
        Timelines { until: Some(now), ..Timelines::whole(day) }
    }

    /// Of everything recorded of a day.
    pub fn whole(day: &'a Day) -> Timelines<'a> {
        let starts = |lesson: &Lesson| day.period_of(lesson).map(|period| period.starts);
        let lessons = day.lessons.iter().filter_map(|lesson| Some((lesson.id, (lesson, starts(lesson)?)))).collect();
        let by_pupil = day.lesson_marks.chunk_by(|one, next| one.pupil == next.pupil);
        let mut lesson_marks = HashMap::with_capacity(day.roll.pupils.len());
        lesson_marks.extend(by_pupil.filter_map(|marks| Some((marks.first()?.pupil, marks))));
        let mut found = Timelines {
            day,
            until: None,
            lessons,
            lesson_marks,
            movements: HashMap::new(),
            sightings: HashMap::new(),
            answers: HashMap::new(),
        };
        for one in &day.movements {
            found.movements.entry(one.pupil).or_default().push(one);
        }
        for one in &day.sightings {
            found.sightings.entry(one.pupil).or_default().push(one);
        }
        for one in &day.confirmations {
            found.answers.entry(one.pupil).or_default().push(one);
        }
        found
    }

    /// Of everything recorded of a day about one pupil, without looking at anybody else.
    pub fn of_one(day: &'a Day, pupil: PupilId) -> Timelines<'a> {
        let marks = day.lesson_marks_of(pupil);
        let lesson = |one: &LessonMark| {
            let lesson = day.lesson(one.lesson)?;
            Some((lesson.id, (lesson, day.period_of(lesson)?.starts)))
        };
        let movements = day.movements.iter().filter(|one| one.pupil == pupil).collect();
        let sightings = day.sightings.iter().filter(|one| one.pupil == pupil).collect();
        let answers = day.confirmations.iter().filter(|one| one.pupil == pupil).collect();
        Timelines {
            day,
            until: None,
            lessons: marks.iter().filter_map(lesson).collect(),
            lesson_marks: HashMap::from([(pupil, marks)]),
            movements: HashMap::from([(pupil, movements)]),
            sightings: HashMap::from([(pupil, sightings)]),
            answers: HashMap::from([(pupil, answers)]),
        }
    }

    /// The timeline of a pupil.
    pub fn of(&self, pupil: &Pupil) -> Timeline<'a> {
        self.unsorted(pupil).in_order()
    }

    /// A pupil's facts, unsorted: more can be added before sorting.
    pub fn unsorted(&self, pupil: &Pupil) -> Timeline<'a> {
        let day = self.day;
        let setting = Setting { date: day.date, hours: &day.hours, codes: &day.roll.codes };
        let mut line = Timeline::new(setting);
        // In the order of a usual day: little is left to sort.
        self.add_facts_of(&mut line, pupil, Session::Am);
        let due = self.lesson_marks.get(&pupil.id).copied().unwrap_or_default();
        for one in due.iter().filter(|one| one.mark.is_some()) {
            if let Some((lesson, starts)) = self.lessons.get(&one.lesson) {
                line.add_lesson(lesson, *starts, one);
            }
        }
        self.add_facts_of(&mut line, pupil, Session::Pm);
        self.movements.get(&pupil.id).into_iter().flatten().for_each(|one| line.add_movement(one));
        self.sightings.get(&pupil.id).into_iter().flatten().for_each(|one| line.add_sighting(one));
        self.answers.get(&pupil.id).into_iter().flatten().for_each(|one| line.add_answer(one));
        line.add_earlier(day.earlier.get(&pupil.id).copied());
        if let Some(until) = self.until {
            line.forget_after(until);
        }
        line
    }

    /// Add a session's register, and what was told, decided or logged of it.
    fn add_facts_of(&self, line: &mut Timeline<'a>, pupil: &Pupil, session: Session) {
        let day = self.day;
        if let Some(stands) = day.marks.get(&(pupil.id, session))
            && let Some(mark) = stands.tutor
        {
            let taken = day.handed_in.of(pupil.group, session, stands.taken);
            let (taken_by, at) = (taken.map(|taken| &taken.by), taken.map(|taken| taken.at));
            line.add_register(RegisterMark { session, mark, taken_by, at, date: day.date }, stands.taken);
        }
        // What speaks of both halves of the day stands among the evidence of both.
        let at = SessionDate::new(day.date, session);
        let is_new = |from: SessionDate| session == Session::Am || from == at;
        let evidence = day.evidence.get(&(pupil.id, session)).into_iter().flatten();
        evidence.filter(|one| is_new(one.from)).for_each(|one| line.add_evidence(one));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::day::SessionMark;
    use crate::domain::facts::presence::Way;
    use crate::domain::testing::*;

    #[test]
    fn of_a_mark_without_its_register_nobody_knows_the_time() {
        let mut day = day(&[]);
        let tutor = SessionMark { tutor: Some(mark("O")), ..SessionMark::default() };
        day.marks.insert((AMIRA, Session::Am), tutor);
        let roll = day.roll.clone();
        let line = Timelines::whole(&day).of(roll.pupil(AMIRA).unwrap());
        let event = line.events().first().unwrap();
        assert_eq!(event.in_short().to_string(), "tutor O");
        assert_eq!(event.clause(day.date), "marked O by register");
        assert_eq!(event.line(day.date), "O in AM registration, register");
        assert_eq!(event.shown(day.date), None);
    }

    #[test]
    fn a_pupil_s_timeline_is_the_same_by_itself_as_among_everybody_s() {
        let mut day = day(&[(AMIRA, Session::Am, "/"), (BILAL, Session::Am, "N")]);
        lesson(&mut day, 1, "1", "8KM Art", &[(AMIRA, Some("N")), (BILAL, Some("/"))]);
        lesson(&mut day, 2, "2", "8KM Maths", &[(AMIRA, Some("/")), (ZOE, None)]);
        day.evidence.insert((AMIRA, Session::Am), vec![report("I", "08:10"), gate("08:57")]);
        for (act, pupil) in (20..).zip([AMIRA, BILAL]) {
            let (act, who) = (ActId(act), "S Marsh".to_owned());
            let (reason, code, time) = ("dentist".to_owned(), None, time("10:20"));
            day.movements.push(Movement { act, pupil, time, way: Way::Out, reason, code, who: who.clone() });
            let place = "library".to_owned();
            day.sightings.push(Sighting { act, pupil, time, seen: true, place, who: who.clone() });
            let (said_by, at) = ("Mr Hall".to_owned(), at("09:30"));
            day.confirmations.push(Confirmation { act, pupil, session: Session::Am, there: true, said_by, who, at });
        }
        let everybody = Timelines::whole(&day);
        for pupil in &day.roll.pupils {
            let [among, alone] = [&everybody, &Timelines::of_one(&day, pupil.id)].map(|lines| lines.of(pupil));
            assert_eq!(format!("{:?}", alone.events()), format!("{:?}", among.events()), "{}", pupil.surname);
        }
        assert!(!everybody.of(day.roll.pupil(AMIRA).unwrap()).events().is_empty());
    }
}
