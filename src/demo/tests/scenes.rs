//! The scenes: two things said of one pupil, and who comes and goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::demo::MadeSchool;
use crate::demo::file::{Wanted, make};
use crate::demo::morning::{Morning, clock};
use crate::demo::planned::{Planned, PlannedAct};
use crate::domain::absence::offsite::off_site;
use crate::domain::act::TakenBy;
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, CodeTable};
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// One thing said of one pupil up to ten o'clock.
fn acts_of(plan: &[Planned], pupil: usize) -> Vec<String> {
    let of = |marks: &[(usize, Mark)]| marks.iter().find(|(one, _)| *one == pupil).map(|(_, mark)| mark.code);
    let ten = MadeSchool::usual_day().and_time(clock(10, 0));
    let until_ten = plan.iter().filter(|planned| planned.at < ten);
    let acts = until_ten.filter_map(|planned| match &planned.act {
        PlannedAct::TakeRegister { marks, by: TakenBy::Paper(_), .. } => Some(format!("paper {}", of(marks)?)),
        PlannedAct::TakeRegister { marks, .. } => Some(format!("tutor {}", of(marks)?)),
        PlannedAct::TakeLesson { period, marks, .. } => Some(format!("P{period} {}", of(marks)?)),
        PlannedAct::LogArrival { pupil: one, .. } if *one == pupil => Some("gate".to_owned()),
        PlannedAct::ReportAbsence { pupils, code, .. } if pupils.contains(&pupil) => Some(format!("told {code}")),
        PlannedAct::Sight { pupil: one, seen, .. } if *one == pupil => Some(format!("seen {seen}")),
        _ => None,
    });
    acts.collect()
}

#[test]
fn two_things_are_said_of_one_pupil_of_every_kind() {
    for seed in 1..=4 {
        let school = MadeSchool::make(seed, 1_000, 1, MadeSchool::usual_day()).unwrap();
        let (plan, scenes) = Morning::plan_with_scenes(&school);
        let acts_of = |pupil: Option<usize>| acts_of(&plan, pupil.unwrap());
        for (pupil, wanted) in [
            (scenes.truant, &["tutor /", "P1 N", "P2 N", "seen false"][..]),
            (scenes.unwell, &["tutor /", "P1 N", "seen true", "P2 /"]),
            (scenes.seen_later, &["tutor N", "P1 /"]),
            (scenes.not_in_room, &["gate", "tutor N", "P1 /"]),
            (scenes.off_the_list, &["told V", "tutor N"]),
            (scenes.on_one_list, &["paper /", "tutor N", "P1 /"]),
            (scenes.two_stories, &["told G", "told I", "tutor N"]),
            (scenes.ill_siblings, &["tutor N", "P1 N"]),
            (school.scenario.contradicted, &["told I", "tutor /"]),
        ] {
            let acts_of = acts_of(pupil);
            assert!(
                wanted.iter().all(|one| acts_of.iter().any(|other| other == one)),
                "{seed}: {wanted:?} in {acts_of:?}"
            );
        }
        let lists = acts_of(scenes.on_one_list);
        let at = |what: &str| lists.iter().position(|one| one == what).unwrap();
        assert!(at("paper /") < at("tutor N"), "{lists:?}");
    }
}

#[test]
fn lessons_are_taught_once_marked_soon_and_a_few_never() {
    let school = MadeSchool::make(1, 1_000, 1, MadeSchool::usual_day()).unwrap();
    let mut at_once: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for lesson in school.lessons() {
        *at_once.entry((lesson.period, lesson.teacher)).or_default() += 1;
    }
    assert_eq!(at_once.len(), 6 * school.groups.len(), "nobody teaches twice in one period");
    assert_eq!(school.timetable().len(), 6_000);
    let periods = &school.settings.periods;
    let mut taken = 0;
    for planned in Morning::plan(&school) {
        if let PlannedAct::TakeLesson { period, marks, .. } = &planned.act {
            let starts = periods.iter().find(|one| one.name == *period).unwrap().starts;
            assert!((0..10).contains(&(planned.at.time() - starts).num_minutes()), "{period} {}", planned.at);
            assert!((28..=29).contains(&marks.len()));
            taken += 1;
        }
    }
    assert!((6 * 35 - 14..6 * 35 - 2).contains(&taken), "{taken}");
}

#[test]
fn the_record_takes_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = Wanted { seed: 1, pupils: 300, years: 1, at: clock(10, 5) };
    let codes = Arc::new(CodeTable::national().unwrap());
    let (mut store, _) =
        make(&folder.path().join("demo.db"), &wanted, codes, "2026-11-24T10:05:00Z".parse().unwrap()).unwrap();
    let day = store.day(MadeSchool::usual_day()).unwrap();
    assert_eq!((day.lessons.len(), day.lesson_marks.len()), (60, 1_800));
    let marked = |period: &str| {
        let in_period = |id| day.lesson(id).is_some_and(|lesson| lesson.period == period);
        day.lesson_marks.iter().filter(|one| one.mark.is_some() && in_period(one.lesson)).count()
    };
    assert!(marked("1") >= 240 && marked("2") >= 240, "{} {}", marked("1"), marked("2"));
    assert_eq!(marked("3"), 0);
    assert_eq!(day.searches.iter().filter(|search| search.is_open()).count(), 1);
    assert_eq!(day.movements.len(), 4, "two are out, one was");
    assert_eq!(day.sightings.len(), 2);
    let out: Vec<PupilId> = day.on_roll().map(|pupil| pupil.id).filter(|id| day.is_out(*id).is_some()).collect();
    assert_eq!(out.len(), 2);
    let elsewhere = off_site(&day, Session::Am, clock(10, 5));
    let trip = elsewhere.iter().filter(|one| one.code == Code::parse("V").unwrap());
    let confirmed = trip.clone().filter(|one| !one.is_unexplained()).count();
    assert_eq!(confirmed + 1, trip.count(), "all of the trip but the pupil who is not on the coach");
}
