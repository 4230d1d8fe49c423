//! Every register of a day, taken or not: those of the tutor groups in both sessions, and those of the lessons as far as they are known.

use chrono::NaiveTime;
use hashbrown::HashMap;

use super::register_ref::{RegisterRef, Taker};
use crate::domain::calendar::session::{Session, SessionTimes, minutes_after, minutes_between};
use crate::domain::day::Day;
use crate::domain::facts::lesson::{Lesson, LessonId};
use crate::domain::facts::register::{Register, RegisterState, Taken};

/// One register of the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayRegister {
    /// Whose.
    pub register: RegisterRef,
    /// Which session: of a lesson, the one that it lies in.
    pub session: Session,
    /// When its session opens or its period starts, school-local; `None` of a period that the settings do not name.
    pub starts: Option<NaiveTime>,
    /// "8KM", or "P2 8KM Maths".
    pub name: String,
    /// Who takes it, and where.
    pub taker: Taker,
    /// When it came in, and by whom; `None` until it does, and of lessons, which bring marks alone.
    pub taken: Option<Taken>,
    /// Pupils with a mark.
    pub marked: usize,
    /// Pupils on roll who stand in it.
    pub of: usize,
    /// Its state.
    pub state: RegisterState,
    /// Minutes it came in after it was due; `None` where it came in time, not at all, or nobody knows when.
    pub late: Option<i64>,
}

/// The registers of the day: the tutor groups' of the `current` session, the lessons by period, the tutor groups' of the other
/// session. Within each in the order of the groups, or of the classes.
pub fn registers(day: &Day, current: Session, now: NaiveTime) -> Vec<DayRegister> {
    let due_after = day.roll.school.register_due_after;
    let of_groups = |wanted: fn(Session, Session) -> bool| {
        let registers = day.registers.iter().filter(move |one| wanted(one.session, current));
        registers.filter_map(|one| Some(of_group(one, day.session_times(one.session)?, day, now)))
    };
    let mut lessons = of_lessons(day, now, due_after);
    lessons.sort_by_key(|one| one.starts);
    of_groups(|one, current| one == current).chain(lessons).chain(of_groups(|one, current| one != current)).collect()
}

fn of_group(one: &Register, times: &SessionTimes, day: &Day, now: NaiveTime) -> DayRegister {
    let register = RegisterRef::Group(one.group);
    let due_after = day.roll.school.register_due_after;
    let due = minutes_after(times.opens, due_after);
    let came = one.taken.as_ref().filter(|taken| taken.at.date() == day.date).map(|taken| taken.at.time());
    DayRegister {
        register,
        session: one.session,
        starts: Some(times.opens),
        name: register.name(day),
        taker: register.taker(day, one.session),
        taken: one.taken.clone(),
        marked: one.on_roll.saturating_sub(one.blanks.len()),
        of: one.on_roll,
        state: one.state(now, times, due_after),
        late: came.map(|came| minutes_between(due, came)).filter(|late| *late > 0),
    }
}

/// Every lesson's marks are counted in one pass: there are thousands.
fn of_lessons(day: &Day, now: NaiveTime, due_after: i64) -> Vec<DayRegister> {
    let mut counts: HashMap<LessonId, (usize, usize)> = HashMap::with_capacity(day.lessons.len());
    for one in day.lesson_marks.iter() {
        if day.roll.pupil(one.pupil).is_some_and(|pupil| pupil.on_roll(day.date)) {
            let (marked, of) = counts.entry(one.lesson).or_default();
            *of += 1;
            *marked += usize::from(one.mark.is_some());
        }
    }
    let row = |lesson: &Lesson| {
        let (marked, of) = counts.get(&lesson.id).copied().unwrap_or_default();
        let starts = day.period_of(lesson).map(|period| period.starts);
        let over = starts.map_or(0, |starts| minutes_between(minutes_after(starts, due_after), now));
        let state = match (of - marked, marked) {
            (0, _) => RegisterState::Taken,
            (_, 0) if over > 0 => RegisterState::Overdue { minutes: over },
            (_, 0) => RegisterState::Unmarked,
            (_, marked) => RegisterState::PartMarked { marked, of },
        };
        DayRegister {
            register: RegisterRef::Lesson(lesson.id),
            session: starts.map_or(Session::Am, |starts| day.hours.arriving(starts)),
            starts,
            name: lesson.name(),
            taker: Taker::of(lesson),
            taken: None,
            marked,
            of,
            state,
            late: None,
        }
    };
    day.lessons.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::facts::taken_by::TakenBy;
    use crate::domain::testing::*;
    use proptest::prelude::*;

    #[test]
    fn every_register_of_the_day_says_how_it_stands() {
        let mut day = day(&[]);
        lesson(&mut day, 1, "2", "8KM Maths", &[(AMIRA, Some("/")), (LOUIS, None), (LEAVER, None)]);
        lesson(&mut day, 2, "1", "8KM Art", &[(AMIRA, Some("/"))]);
        lesson(&mut day, 3, "2", "9TR Music", &[(ZOE, None)]);
        let kemp = day.registers.iter_mut().find(|one| one.group == G8KM && one.session == Session::Am).unwrap();
        kemp.taken = Some(Taken { act: ActId(9), at: at("09:20"), by: TakenBy::Teacher("Ms Ali".to_owned()) });
        kemp.blanks = vec![SANNE];
        kemp.cover = Some("Ms Ali".to_owned());
        let rows = registers(&day, Session::Am, time("10:05"));
        let said: Vec<_> =
            rows.iter().map(|one| (one.name.as_str(), one.session, one.marked, one.of, one.state, one.late)).collect();
        let (am, pm) = (Session::Am, Session::Pm);
        let part = |marked, of| RegisterState::PartMarked { marked, of };
        let overdue = |minutes| RegisterState::Overdue { minutes };
        assert_eq!(
            said,
            [
                ("8KM", am, 3, 4, part(3, 4), Some(30)),
                ("9TR", am, 0, 4, overdue(75), None),
                ("P1 8KM Art", am, 1, 1, RegisterState::Taken, None),
                ("P2 8KM Maths", am, 1, 2, part(1, 2), None),
                ("P2 9TR Music", am, 0, 1, overdue(5), None),
                ("8KM", pm, 0, 4, RegisterState::Unmarked, None),
                ("9TR", pm, 0, 4, RegisterState::Unmarked, None),
            ]
        );
        assert!(rows[0].taker.covers, "by the cover teacher");
        let closed = registers(&Day { times: None, ..day }, am, time("10:05"));
        assert!(
            closed.iter().all(|one| matches!(one.register, RegisterRef::Lesson(_))),
            "without school there are none"
        );
    }

    proptest! {
        /// Each register stands in the list once, and its members are those that are counted.
        #[test]
        fn each_register_stands_once_and_counts_its_members(
            due in prop::collection::vec((1_i64..10, 1_i64..4, any::<bool>()), 0..24),
            minute in 0_i64..460,
        ) {
            let mut day = day(&[]);
            for id in 1..4_i64 {
                let mut pupils: Vec<_> = due.iter().filter(|one| one.1 == id).map(|one| (one.0, one.2)).collect();
                pupils.sort_unstable();
                pupils.dedup_by_key(|one| one.0);
                let pupils: Vec<_> = pupils
                    .into_iter()
                    .map(|(pupil, marked)| (crate::domain::people::pupil::PupilId(pupil), marked.then_some("/")))
                    .collect();
                lesson(&mut day, id, &id.to_string(), "8KM Maths", &pupils);
            }
            let now = time("08:00") + chrono::TimeDelta::minutes(minute);
            let rows = registers(&day, Session::Am, now);
            let mut ids: Vec<_> = rows.iter().map(|one| (one.register, one.session)).collect();
            prop_assert_eq!(ids.len(), day.registers.len() + day.lessons.len());
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), rows.len());
            for one in &rows {
                prop_assert_eq!(one.of, one.register.members(&day).len());
                prop_assert!(one.marked <= one.of);
                prop_assert_eq!(one.state == RegisterState::Taken, one.marked == one.of);
            }
        }
    }
}
