//! Lates followed through, and how often each pupil came late before today.

use firstbell::domain::act::{Act, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::facts::late_step::Tally;
use firstbell::domain::late::followed::following;
use firstbell::domain::late::lateness::{lates, tally};

use crate::support::*;

/// What stands about today's lates: "Khan met".
fn standing(desk: &mut Desk) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    let name = |id| day.roll.pupil(id).unwrap().surname.clone();
    day.late_steps.iter().map(|one| format!("{} {}", name(one.pupil), one.step.as_str())).collect()
}

/// Those in the queue, with how far each has come.
fn queue(desk: &mut Desk) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    let text = |id| day.roll.pupil(id).unwrap().surname.clone();
    let rows = lates(&day, Session::Pm);
    rows.iter().map(|late| format!("{} {}", text(late.pupil), following(&day, late).state())).collect()
}

#[test]
fn the_same_step_twice_is_refused_with_who_and_when() {
    let mut desk = Desk::new();
    let mut other = desk.another("T Rao");
    desk.done("09:00", arrival(ZOE, "08:57"));
    desk.done("09:20", followed(&[ZOE], LateStep::Met, ""));
    let text = other.refused("09:21", followed(&[ZOE], LateStep::Met, "at the door"));
    assert_eq!(text, "Br\u{fc}cke, Zoe\u{308} 9TR: met, already recorded at 09:20 by S Marsh");
    // A reason is weighed again, and back; the same word twice is none.
    desk.done("09:22", followed(&[ZOE], LateStep::Accepted, ""));
    let text = other.refused("09:23", followed(&[ZOE], LateStep::Sanctioned, "15 min"));
    assert_eq!(text, "Br\u{fc}cke, Zoe\u{308} 9TR: the reason was accepted at 09:22 by S Marsh: no sanction follows");
    other.done("09:24", followed(&[ZOE], LateStep::NotAccepted, ""));
    let text = desk.refused("09:25", followed(&[ZOE], LateStep::NotAccepted, ""));
    assert_eq!(text, "Br\u{fc}cke, Zoe\u{308} 9TR: reason not accepted, already recorded at 09:24 by T Rao");
    desk.done("09:26", followed(&[ZOE], LateStep::Sanctioned, "15 min"));
    desk.done("09:27", followed(&[ZOE], LateStep::Accepted, ""));
    assert_eq!(queue(&mut desk), ["Br\u{fc}cke accepted"]);
}

#[test]
fn a_step_of_several_is_taken_for_each_and_those_who_are_refused_are_named() {
    let mut desk = Desk::new();
    for pupil in [AMIRA, ZOE, LOUIS] {
        desk.done("09:00", arrival(pupil, "08:57"));
    }
    desk.done("09:05", followed(&[LOUIS], LateStep::Reported, ""));
    let told = desk.done("09:07", followed(&[AMIRA, ZOE, LOUIS, AMIRA, BILAL], LateStep::Reported, ""));
    let not_done = [
        "D\u{2019}Arcy, Louis 8KM: head of year told, already recorded at 09:05 by S Marsh",
        "Khan, Bilal 9TR is not late in the Tue 24 Nov AM session",
    ];
    assert_eq!((&told.text[..7], &told.pupils), ("2 lates", &vec![AMIRA, ZOE]));
    assert_eq!((told.not_done.as_slice(), told.but), (&not_done.map(str::to_owned)[..], Some(not_done.join("; "))));
    assert!(told.at_gate.unwrap().ends_with("; 2 not done: ask the office"));
    assert_eq!(desk.count("late_step WHERE withdrawn IS NULL"), 3, "named twice, told once");
    let undone = desk.undo("09:08", told.act);
    assert_eq!(standing(&mut desk), ["D\u{2019}Arcy reported"]);
    // Done again is what was done, whoever was refused then.
    desk.undo("09:09", undone.act);
    assert_eq!(desk.count("late_step WHERE withdrawn IS NULL"), 3);
    let text = desk.refused("09:10", followed(&[AMIRA, BILAL], LateStep::Reported, ""));
    assert!(text.contains("already recorded at 09:07 by S Marsh; Khan, Bilal 9TR is not late"), "{text}");
    desk.sound();
}

#[test]
fn an_undone_step_is_done_again_unless_another_desk_recorded_it_meanwhile() {
    let mut desk = Desk::new();
    let mut other = desk.another("T Rao");
    desk.done("09:00", arrival(ZOE, "08:57"));
    let met = desk.done("09:01", followed(&[ZOE], LateStep::Met, ""));
    let undone = desk.undo("09:02", met.act);
    other.done("09:03", followed(&[ZOE], LateStep::Met, ""));
    let text = desk.refused("09:04", Act::Undo(Undo { act: undone.act }));
    assert_eq!(text, "Br\u{fc}cke, Zoe\u{308} 9TR: met, already recorded at 09:03 by T Rao");
    assert_eq!(standing(&mut desk), ["Br\u{fc}cke met"]);
}

#[test]
fn a_late_taken_back_or_amended_leaves_the_queue_and_its_steps_stay_in_the_record() {
    let mut desk = Desk::new();
    let came = desk.done("09:00", arrival(ZOE, "08:57"));
    desk.done("09:00", arrival(AMIRA, "08:59"));
    desk.done("09:05", followed(&[ZOE, AMIRA], LateStep::Met, ""));
    let saw = desk.revision(AMIRA, am(24));
    let amended = desk.done("09:06", amend(AMIRA, am(24), "/", "was in the office", saw));
    assert_eq!(queue(&mut desk), ["Br\u{fc}cke met"]);
    let undone = desk.undo("09:07", came.act);
    assert_eq!(queue(&mut desk), [""; 0]);
    assert_eq!(standing(&mut desk), ["Br\u{fc}cke met", "Khan met"]);
    let text = desk.refused("09:08", followed(&[ZOE], LateStep::Challenged, ""));
    assert_eq!(text, "Br\u{fc}cke, Zoe\u{308} 9TR is not late in the Tue 24 Nov AM session");
    // Late after all: what was done about it counts again.
    desk.undo("09:09", undone.act);
    desk.undo("09:10", amended.act);
    assert_eq!(queue(&mut desk), ["Khan met", "Br\u{fc}cke met"]);
}

/// The half-term began on Tuesday 3 November, after a week off and an INSET Monday; this week on Monday 23.
#[test]
fn lates_before_today_are_those_a_hand_counts() {
    let mut desk = Desk::new();
    let october = |day| chrono::NaiveDate::from_ymd_opt(2026, 10, day).unwrap();
    let at = |date, session| SessionDate::new(date, session);
    for (pupil, at, to) in [
        // Before the half-term.
        (AMIRA, at(october(22), Session::Am), "L 9"),
        (AMIRA, at(october(23), Session::Am), "U 50"),
        // Its first day, twice; and the Friday before this week.
        (AMIRA, am(3), "L 5"),
        (AMIRA, pm(3), "L 7"),
        (AMIRA, am(20), "U 61"),
        // This week.
        (AMIRA, am(23), "L 12"),
        (AMIRA, pm(23), "U 33"),
        (BILAL, am(20), "L 4"),
        (ZOE, am(23), "L"),
        (LOUIS, am(23), "I"),
    ] {
        desk.done("08:00", amend(pupil, at, to, "from the paper", ActId(0)));
    }
    let before = |desk: &mut Desk, pupil| desk.store.day(november(24)).unwrap().lates_before.get(&pupil).copied();
    let some = |half_term, week, week_minutes| Some(Tally { half_term, week, week_minutes });
    assert_eq!(before(&mut desk, AMIRA), some(5, 2, 45));
    assert_eq!(before(&mut desk, BILAL), some(1, 0, 0));
    assert_eq!(before(&mut desk, ZOE), some(1, 1, 0));
    assert_eq!(before(&mut desk, LOUIS), None);

    // Today's are counted beside them, not among them.
    desk.done("09:00", arrival(AMIRA, "08:57"));
    assert_eq!(before(&mut desk, AMIRA), some(5, 2, 45));
    let today = desk.store.day(november(24)).unwrap();
    assert_eq!(tally(&today, AMIRA, Session::Am), Tally { half_term: 6, week: 3, week_minutes: 62 });

    // What is amended afterwards counts as it stands, at this desk and at another.
    let mut other = desk.another("T Rao");
    assert_eq!(before(&mut other, AMIRA), some(5, 2, 45));
    let saw = desk.revision(AMIRA, am(23));
    let present = desk.done("09:10", amend(AMIRA, am(23), "/", "marked in error", saw));
    assert_eq!(before(&mut desk, AMIRA), some(4, 1, 33));
    assert_eq!(before(&mut other, AMIRA), some(4, 1, 33));
    desk.undo("09:11", present.act);
    assert_eq!(before(&mut other, AMIRA), some(5, 2, 45));

    // On the last day before the half-term, and on its first, they are counted for that day.
    let on = |desk: &mut Desk, date| desk.store.day(date).unwrap().lates_before.get(&AMIRA).copied();
    assert_eq!(on(&mut desk, october(23)), some(1, 1, 9));
    assert_eq!(on(&mut desk, november(3)), None);
    assert_eq!(on(&mut desk, november(4)), some(2, 2, 12));
}
