//! Which step is due, and which settings cannot be.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::school::School;
use crate::domain::testing::{morning, time};

fn usual() -> Ladder {
    School::usual().unwrap().ladder
}

/// As of a pupil whose flags every step of the tier is for, but for that of another worker.
fn asked(tier: Tier, done: &[&str], day: usize, now: &str) -> Option<(String, i64)> {
    asked_of([Flag::SocialWorker].into_iter().collect(), tier, done, day, now)
}

fn asked_of(flags: Flags, tier: Tier, done: &[&str], day: usize, now: &str) -> Option<(String, i64)> {
    let ladder = usual();
    let steps = ladder.of(tier).iter().filter(|step| step.is_for(flags));
    due(steps, |step| done.contains(&step.step.as_str()), morning().closes, day, time(now))
        .map(|due| (format!("{} {}", due.step, due.at.format("%H:%M")), due.minutes_left))
}

#[test]
fn each_tier_has_its_own_steps_after_close() {
    let steps = ["call", "tell DSL"];
    for (tier, done, day, step) in [
        (Tier::Vulnerable, &[][..], 1, Some(("call 09:10", -20))),
        (Tier::Vulnerable, &["call"], 1, Some(("tell DSL 09:40", 10))),
        (Tier::Vulnerable, &["tell DSL"], 1, Some(("call 09:10", -20))),
        (Tier::Vulnerable, &steps, 1, Some(("tell social worker 10:10", 40))),
        (Tier::Vulnerable, &["call", "tell DSL", "tell social worker"], 1, Some(("visit 11:00", 90))),
        (Tier::Vulnerable, &["call", "tell DSL", "tell social worker", "visit"], 1, Some(("police 12:00", 150))),
        (Tier::Vulnerable, &["call", "tell DSL", "tell social worker", "visit", "police"], 1, None),
        (Tier::Supported, &[], 1, Some(("call 09:25", -5))),
        (Tier::Supported, &steps, 1, Some(("visit 12:00", 150))),
        (Tier::Standard, &[], 1, Some(("call 09:40", 10))),
        (Tier::Standard, &["call"], 1, Some(("all tried 11:00", 90))),
        (Tier::Disadvantaged, &[], 1, Some(("call 09:30", 0))),
        (Tier::Disadvantaged, &["call", "all tried"], 1, Some(("tell head of year 10:40", 70))),
        (Tier::Standard, &["call", "all tried"], 1, Some(("tell head of year 11:00", 90))),
        (Tier::Standard, &["call", "all tried", "tell head of year"], 1, None),
        (Tier::Standard, &["call", "all tried", "tell head of year"], 2, None),
        (Tier::Standard, &["call", "all tried", "tell head of year"], 3, Some(("visit 11:00", 90))),
        (Tier::Standard, &["call", "all tried", "tell head of year", "visit"], 4, None),
    ] {
        let wanted = step.map(|(step, left)| (step.to_owned(), left));
        assert_eq!(asked(tier, done, day, "09:30"), wanted, "{tier:?} {done:?} day {day}");
    }
}

#[test]
fn each_worker_is_told_of_their_own_pupils() {
    use Flag::*;
    for (flags, next, last) in [
        (vec![ChildProtection], Some("tell social worker 10:10"), "tell social worker"),
        (vec![YouthOffending], Some("tell YOT worker 10:10"), "tell YOT worker"),
        (vec![YouthOffending, LookedAfter], Some("tell social worker 10:10"), "tell YOT worker"),
    ] {
        let flags: Flags = flags.into_iter().collect();
        let step = asked_of(flags, Tier::Vulnerable, &["call", "tell DSL"], 1, "09:30").map(|(step, _)| step);
        assert_eq!(step.as_deref(), next);
        let ladder = usual();
        let steps = ladder.of(Tier::Vulnerable).iter().rfind(|step| step.is_for(flags) && !step.flags.is_empty());
        assert_eq!(steps.map(|step| step.step.as_str()), Some(last));
    }
    let wrong = r#"step = "tell YOT worker", after = 60, for = ["YOTT"]"#.replace(", ", "\n");
    let text = toml::from_str::<Step>(&wrong).unwrap_err().to_string();
    assert!(text.contains("“YOTT” is no flag: write one of CP CLA CIN SW YOT"), "{text}");
}

#[test]
fn a_step_comes_nearer_with_the_clock_and_is_then_past() {
    let left = |now| asked(Tier::Standard, &[], 1, now).map(|(_, left)| left);
    assert_eq!((left("09:00"), left("09:40"), left("10:00")), (Some(40), Some(0), Some(-20)));
}

#[test]
fn a_time_of_day_waits_for_the_close_and_unaware_counts_from_the_call() {
    let at = Step { step: "call".to_owned(), at: Some(time("09:30")), ..Step::default() };
    assert_eq!(at.due_at(time("09:10")), time("09:30"));
    assert_eq!(at.due_at(time("13:40")), time("13:40"), "an afternoon's step is not overdue since the morning");
    let missing = usual().unaware;
    let next =
        |done: &[&str]| due(&missing, |step| done.contains(&step.step.as_str()), time("09:52"), 1, time("10:00"));
    assert_eq!(next(&[]).map(|due| (due.step, due.minutes_left)), Some(("tell DSL".to_owned(), -8)));
    let steps = next(&["tell DSL", "search site"]);
    assert_eq!(steps.map(|due| (due.step, due.at)), Some(("police".to_owned(), time("10:22"))));
}

#[test]
fn settings_of_old_files_mean_what_they_meant() {
    let old = r#"
        vulnerable = [{ step = "call", after = 0 }, { step = "tell DSL", after = 30 }, { step = "visit", after = 110 }]
        supported = [{ step = "call", after = 15 }]
        standard = [{ step = "call", after = 30 }, { step = "all contacts tried", after = 110 }]
    "#;
    let ladder: Ladder = toml::from_str(old).unwrap();
    assert_eq!(ladder.vulnerable, [Step::after("call", 0), Step::after("tell DSL", 30), Step::after("visit", 110)]);
    assert_eq!(ladder.unaware, usual().unaware);
    assert_eq!(ladder.of(Tier::Disadvantaged), ladder.of(Tier::Standard), "nobody's calls move by a new version");
    assert_eq!(ladder.vulnerable.iter().filter(|step| step.is_for(Flags::default())).count(), 3);
    assert_eq!(ladder.faults(morning().closes), Vec::<String>::new());
    let by = |steps: &[Step]| steps.iter().map(Step::done_by).collect::<Vec<_>>();
    assert_eq!(by(&ladder.vulnerable), [DoneBy::Call, DoneBy::Event, DoneBy::Event]);
    assert_eq!(by(&ladder.standard), [DoneBy::Call, DoneBy::Contacts]);
    let usual = usual().standard;
    assert_eq!(usual.get(1).map(|step| (step.step.as_str(), step.done_by())), Some(("all tried", DoneBy::Contacts)));
}

#[test]
fn settings_are_read_as_they_are_written() {
    let text = r#"
        vulnerable = [{ step = "text home", at = "09:30", done-by = "event", for = ["YOT", "SW"] }, { step = "ring round", after = 60, day = 2, done-by = "contacts" }]
        supported = [{ step = "call", after = 15 }]
        standard = [{ step = "call", after = 30 }]
        unaware = [{ step = "tell DSL", after = 0 }]
    "#;
    let ladder: Ladder = toml::from_str(text).unwrap();
    let [first, second] = &ladder.vulnerable[..] else { panic!("two steps") };
    assert_eq!((first.at, first.after, first.done_by()), (Some(time("09:30")), None, DoneBy::Event));
    assert_eq!((second.day, second.done_by()), (Some(2), DoneBy::Contacts));
    assert_eq!(toml::from_str::<Ladder>(&toml::to_string(&ladder).unwrap()).unwrap(), ladder);
    assert!(toml::from_str::<Ladder>(&text.replace("\"event\"", "\"magic\"")).is_err());
}

#[test]
fn every_fault_of_the_steps_is_told() {
    let mut ladder = usual();
    let bare = |name: &str| Step { step: name.to_owned(), ..Step::default() };
    ladder.vulnerable.push(bare("wait"));
    ladder.supported = vec![
        Step { at: Some(time("09:40")), ..Step::after("call", 5) },
        Step { at: Some(time("09:50")), ..bare("tell DSL") },
        Step { at: Some(time("09:45")), ..bare("visit") },
        Step { day: Some(0), ..Step::after("tell DSL", 200) },
        Step { day: Some(99_999_999_999), ..Step::after("write home", 200) },
        Step { day: Some(200), ..Step::after("write again", 200) },
    ];
    ladder.unaware.clear();
    assert_eq!(
        ladder.faults(morning().closes),
        [
            "ladder.vulnerable: step wait says neither `after` nor `at`",
            "ladder.vulnerable: step wait comes before the one above it",
            "ladder.supported: step call says both `after` and `at`: one of the two",
            "ladder.supported: step visit comes before the one above it",
            "ladder.supported: step tell DSL: the first day of an absence is day 1",
            "ladder.supported: step tell DSL stands there twice",
            "ladder.supported: step write home is for a day from 1 to 200: a school year has no more",
            "ladder.unaware: at least one step is needed",
        ]
    );
}

proptest! {
    /// Climbed to its end, doing each time what is asked, with anything done beforehand.
    #[test]
    fn the_ladder_never_asks_for_a_step_twice(
        tier in 0_usize..5,
        beforehand in prop::collection::vec(any::<bool>(), 5),
        day in 1_usize..6,
        minute in 0_i64..420,
    ) {
        let ladder = usual();
        let steps = [&ladder.vulnerable, &ladder.supported, &ladder.disadvantaged, &ladder.standard, &ladder.unaware][tier];
        let now = time("08:30") + chrono::TimeDelta::minutes(minute);
        let mut done: BTreeSet<String> =
            steps.iter().zip(&beforehand).filter(|(_, done)| **done).map(|(step, _)| step.step.clone()).collect();
        for _ in 0..=steps.len() {
            let Some(asked) = due(steps, |step| done.contains(&step.step), morning().closes, day, now) else { break };
            prop_assert!(steps.iter().any(|step| step.step == asked.step && step.is_asked_on(day)));
            prop_assert!(done.insert(asked.step.clone()), "{} was asked for again", asked.step);
        }
        prop_assert!(due(steps, |step| done.contains(&step.step), morning().closes, day, now).is_none());
    }
}
