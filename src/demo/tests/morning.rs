//! The morning, act by act.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::demo::MadeSchool;
use crate::demo::morning::{Morning, clock};
use crate::demo::planned::{Planned, PlannedAct};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::people::contact::CallOutcome;

fn school(seed: u64) -> MadeSchool {
    MadeSchool::make(seed, 1_000, 1, MadeSchool::usual_day()).unwrap()
}

/// What the morning comes to, read from its acts alone.
#[derive(Default, Debug)]
struct Tally {
    absent: BTreeSet<usize>,
    unexplained: BTreeSet<usize>,
    lates: usize,
    after_close: usize,
    part_marked: usize,
    /// When each morning register was whole.
    taken: BTreeMap<String, chrono::NaiveTime>,
    chased: BTreeSet<String>,
    called: BTreeSet<usize>,
    calls: usize,
    unaware: usize,
    watched: i64,
    amends: usize,
}

fn tally(school: &MadeSchool, plan: &[Planned]) -> Tally {
    let (mut tally, mut told) = (Tally::default(), BTreeSet::new());
    let mut elsewhere = BTreeSet::new();
    let mut arrivals = BTreeMap::new();
    for planned in plan {
        match &planned.act {
            PlannedAct::ReportAbsence { pupils, from, code, .. } if from.session == Session::Am => {
                told.extend(pupils.clone());
                if ["V", "P", "B", "K", "W", "D"].contains(&code.as_str()) {
                    elsewhere.extend(pupils.clone());
                }
            }
            PlannedAct::TakeRegister { group, at, marks, .. } if at.session == Session::Am => {
                let place = school.groups.iter().position(|one| one.name == *group).unwrap();
                tally.part_marked += usize::from(marks.len() < school.members(place).count());
                tally.taken.insert(group.clone(), planned.at.time());
                for (pupil, mark) in marks {
                    if mark.code == Code::N {
                        tally.absent.insert(*pupil);
                    } else if let Some(minutes) = mark.minutes {
                        arrivals.insert(*pupil, minutes);
                    }
                }
            }
            // Whom a teacher has seen by noon is in, whatever the tutor saw.
            PlannedAct::TakeLesson { marks, .. } if planned.at.time() < clock(12, 30) => {
                let seen = marks.iter().filter(|(_, mark)| mark.code == Code::PRESENT_AM);
                for (pupil, _) in seen {
                    tally.absent.remove(pupil);
                }
            }
            PlannedAct::LogArrival { pupil, time, .. } if *time < clock(13, 0) => {
                arrivals.insert(*pupil, (*time - clock(8, 40)).num_minutes());
            }
            PlannedAct::Chase { group, .. } => tally.chased.extend([group.clone()]),
            PlannedAct::LogCall { pupil, outcome, .. } => {
                tally.calls += 1;
                tally.called.insert(*pupil);
                tally.unaware += usize::from(*outcome == CallOutcome::Unaware);
            }
            PlannedAct::Watch { .. } if planned.at.date() < school.today => tally.watched += 1,
            PlannedAct::Amend { pupil, .. } => {
                tally.amends += 1;
                tally.absent.remove(pupil);
            }
            _ => {}
        }
    }
    tally.absent.retain(|pupil| !arrivals.contains_key(pupil) && !elsewhere.contains(pupil));
    tally.unexplained = tally.absent.difference(&told).copied().collect();
    tally.lates = arrivals.values().filter(|minutes| **minutes < 30).count();
    tally.after_close = arrivals.len() - tally.lates;
    tally
}

#[test]
fn a_morning_is_like_a_morning() {
    let tallies: Vec<Tally> = (1..=8)
        .map(|seed| {
            let school = school(seed);
            tally(&school, &Morning::plan(&school))
        })
        .collect();
    let mean = |of: &dyn Fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>() as f64 / tallies.len() as f64;
    let absent = mean(&|tally| tally.absent.len());
    // 85 on the year's mean; the last week of November has a tenth more.
    assert!((80.0..=105.0).contains(&absent), "{absent} absent");
    let unexplained = mean(&|tally| tally.unexplained.len()) / absent;
    assert!((0.25..=0.42).contains(&unexplained), "{unexplained:.2} unexplained");
    let lates = mean(&|tally| tally.lates);
    assert!((36.0..=50.0).contains(&lates), "{lates} L");
    let after_close = mean(&|tally| tally.after_close);
    // Four of them come for a scene's sake.
    assert!((7.0..=11.5).contains(&after_close), "{after_close} U");
    for tally in &tallies {
        assert!((1..=2).contains(&tally.part_marked), "{tally:?}");
        assert!((2..=4).contains(&tally.chased.len()));
        assert_eq!((tally.watched, tally.unaware), (9, 1));
        assert!(tally.amends >= 2);
        assert!(tally.called.len() * 10 > tally.unexplained.len() * 9, "all but a few are rung about");
    }
}

#[test]
fn a_plan_is_in_order_and_every_register_is_in_by_a_quarter_to_ten() {
    let school = school(1);
    let plan = Morning::plan(&school);
    assert!(plan.windows(2).all(|two| two[0].at <= two[1].at));
    let tally = tally(&school, &plan);
    assert_eq!(tally.taken.len(), school.groups.len());
    assert!(tally.taken.values().all(|taken| (clock(8, 42)..clock(9, 45)).contains(taken)), "{:?}", tally.taken);
    let late = tally.taken.values().filter(|taken| **taken > clock(9, 12)).count();
    assert!((2..=4).contains(&late), "{late} late registers");
    let afternoon = plan
        .iter()
        .filter(|planned| matches!(&planned.act, PlannedAct::TakeRegister { at, .. } if at.session == Session::Pm));
    assert_eq!(afternoon.count(), school.groups.len());
}

#[test]
fn the_gate_beats_the_tutor_and_nobody_is_logged_before_coming() {
    let school = school(1);
    let plan = Morning::plan(&school);
    let mut missed = BTreeSet::new();
    let mut beaten = 0;
    for planned in &plan {
        match &planned.act {
            PlannedAct::TakeRegister { marks, .. } => {
                missed.extend(marks.iter().filter(|(_, mark)| mark.code == Code::N).map(|(pupil, _)| *pupil));
            }
            PlannedAct::LogArrival { pupil, time, date, .. } => {
                assert!(date.and_time(*time) <= planned.at);
                beaten += usize::from(missed.contains(pupil));
            }
            _ => {}
        }
    }
    assert!(beaten > 10, "{beaten} arrivals after an N");
}

#[test]
fn the_gravest_are_rung_first_and_only_those_who_may_be() {
    // A call is recorded when it ends, and none takes longer.
    let longest = TimeDelta::minutes(6);
    for seed in 1..=8 {
        let school = school(seed);
        let (mut known, mut first_calls) = (BTreeMap::new(), Vec::new());
        let mut rung = BTreeSet::new();
        let (plan, scenes) = Morning::plan_with_scenes(&school);
        for planned in plan {
            match planned.act {
                PlannedAct::TakeRegister { group, .. } => {
                    known.entry(group).or_insert(planned.at);
                }
                // A scene has its own time.
                PlannedAct::LogCall { pupil, .. } if scenes.plays(pupil) => {}
                PlannedAct::LogCall { pupil, contact, .. } => {
                    assert!(planned.at.time() >= clock(9, 10));
                    assert!(!school.contacts(pupil)[contact as usize - 1].do_not_contact);
                    if rung.insert(pupil) {
                        first_calls.push((planned.who.desk, planned.at, &school.pupils[pupil]));
                    }
                }
                _ => {}
            }
        }
        for (place, (desk, at, pupil)) in first_calls.iter().enumerate() {
            let later = first_calls[place..].iter().filter(|(other, ..)| other == desk);
            for (_, _, graver) in later.filter(|(_, _, later)| later.flags.tier() < pupil.flags.tier()) {
                assert!(known[&school.groups[graver.group].name] > *at - longest, "{graver:?} waited for {pupil:?}");
            }
        }
    }
}

#[test]
fn every_morning_has_its_scenes() {
    let school = school(1);
    let plan = Morning::plan(&school);
    let tally = tally(&school, &plan);
    let (one, other) = school.scenario.both_out.unwrap();
    assert!(tally.unexplained.contains(&one) && tally.unexplained.contains(&other));
    assert_eq!(school.pupils[one].household, school.pupils[other].household);
    let (out, sibling) = school.scenario.one_out.unwrap();
    assert!(tally.unexplained.contains(&out) && !tally.absent.contains(&sibling));
    let contradicted = school.scenario.contradicted.unwrap();
    let reported = |planned: &&Planned| matches!(&planned.act, PlannedAct::ReportAbsence { pupils, .. } if pupils.contains(&contradicted));
    assert!(plan.iter().any(|planned| reported(&planned)) && !tally.absent.contains(&contradicted));
    let trip = |act: &PlannedAct| matches!(act, PlannedAct::ReportAbsence { pupils, code, .. } if code.as_str() == "V" && pupils.len() > 20);
    assert!(plan.iter().any(|planned| trip(&planned.act)), "nobody is on a trip");
    assert!(school.scenario.lasting.len() >= 3);
    assert!(school.scenario.lasting.iter().all(|(pupil, ..)| tally.unexplained.contains(pupil)));
}

#[test]
fn nobody_is_put_twice_on_the_watch_list_nor_comes_twice_to_one_session() {
    for seed in 1..=8 {
        let (mut watched, mut came) = (BTreeSet::new(), BTreeSet::new());
        for planned in Morning::plan(&school(seed)) {
            match planned.act {
                PlannedAct::Watch { pupil, .. } => assert!(watched.insert(pupil)),
                PlannedAct::Unwatch { pupil } => assert!(watched.remove(&pupil)),
                PlannedAct::LogArrival { pupil, time, .. } => assert!(came.insert((pupil, time > clock(12, 30)))),
                _ => {}
            }
        }
    }
}

#[test]
fn no_school_no_morning() {
    let sunday = MadeSchool::usual_day().pred_opt().unwrap().pred_opt().unwrap();
    let school = MadeSchool::make(1, 100, 1, sunday).unwrap();
    assert_eq!(Morning::plan(&school), []);
}
