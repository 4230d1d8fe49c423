//! How the progress of a follow-up is worded.

use super::*;
use crate::domain::absence::unexplained::{Unexplained, unexplained};
use crate::domain::act_id::ActId;
use crate::domain::day::{Day, SessionMark};
use crate::domain::facts::message::Channel;
use crate::domain::facts::presence::{Movement, Sighting, Way};
use crate::domain::facts::promise::{Promise, Promised};
use crate::domain::people::contact::{Call, CallOutcome};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::ladder::Step;
use crate::domain::testing::*;

const AM: Session = Session::Am;
const PM: Session = Session::Pm;

fn row(day: &Day, pupil: PupilId, current: Session, now: &str) -> Unexplained {
    unexplained(day, current, time(now)).into_iter().find(|row| row.pupil == pupil).unwrap()
}

fn promised(pupil: PupilId, told: &str, promise: Promise) -> Promised {
    let at = at(told);
    let act = ActId((at - today().and_time(NaiveTime::MIN)).num_seconds());
    let (by, words) = ("Mrs Khan, mother".to_owned(), "missed the bus".to_owned());
    Promised { act, pupil, promise, by, words, channel: Channel::Telephone, who: "S Marsh".to_owned(), at }
}

/// Bilal at N, in a school whose standard ladder ends with the calls.
fn ends_with_calls() -> Day {
    let mut day = day(&[(BILAL, AM, "N")]);
    let roll = std::sync::Arc::make_mut(&mut day.roll);
    let visit = Step { day: Some(3), ..Step::after("visit", 110) };
    let tried = Step { step: "all contacts tried".to_owned(), after: Some(110), ..Step::default() };
    roll.school.ladder.standard = vec![Step::after("call", 30), tried, visit];
    day
}

#[test]
fn a_ladder_that_ends_in_silence_says_so() {
    let text = |day: &Day| row(day, BILAL, AM, "10:00").standing.describe();
    let tried = |outcome| Call { ..call(BILAL, 3, "09:50", outcome) };
    for (outcome, texts) in [
        (CallOutcome::NoAnswer, "nobody reached"),
        (CallOutcome::LeftMessage, "nobody reached"),
        (CallOutcome::SomeoneElse, "nobody reached"),
        (CallOutcome::Aware, "visit on day 3"),
    ] {
        let day = Day { calls: vec![tried(outcome)], ..ends_with_calls() };
        assert_eq!(text(&day), texts, "{outcome:?}");
    }
    let mut day = Day { calls: vec![tried(CallOutcome::NoAnswer)], ..ends_with_calls() };
    let bilal = row(&day, BILAL, AM, "10:00");
    assert_eq!((bilal.wait, bilal.is_overdue()), (Wait::Minutes(-10), true), "somebody has to be told");
    std::sync::Arc::make_mut(&mut day.roll).school.ladder.standard.truncate(2);
    assert_eq!(text(&day), "nobody reached");
    day.calls.push(call(BILAL, 3, "09:55", CallOutcome::Aware));
    assert_eq!(text(&day), "all steps done");
}

#[test]
fn who_is_in_by_now_is_asked_and_who_has_left_is_not_missing() {
    let day = day(&[(BILAL, AM, "N"), (BILAL, PM, "\\"), (ZOE, AM, "/"), (ZOE, PM, "N")]);
    assert_eq!(row(&day, BILAL, PM, "13:50").standing.describe(), "AM N: reason wanted");
    assert_eq!(row(&day, BILAL, PM, "13:50").wait, Wait::Today);
    assert_eq!(row(&day, ZOE, PM, "14:20").standing.describe(), "call 14:10");
    let (reason, who) = ("collected".to_owned(), "J Ito".to_owned());
    let out = Movement { act: ActId(9), pupil: ZOE, time: time("11:00"), way: Way::Out, reason, code: None, who };
    let mut left = Day { movements: vec![out.clone()], ..day };
    let zoe = row(&left, ZOE, PM, "14:20");
    assert_eq!(
        (zoe.standing.describe().as_str(), zoe.wait),
        ("left 11:00, collected", Wait::Minutes(-10)),
        "in its place"
    );
    assert_eq!(zoe.due().map(|due| due.step.as_str()), Some("call"));
    // Seen since, by whom does not matter, and missed again: gone without a word.
    let mut seen = left.clone();
    let (place, who) = ("library".to_owned(), "J Ito".to_owned());
    seen.sightings.push(Sighting { act: ActId(10), pupil: ZOE, time: time("12:50"), seen: true, place, who });
    seen.marks.entry((ZOE, PM)).or_default().tutor = Some(mark("N"));
    assert_eq!(row(&seen, ZOE, PM, "14:20").standing.describe(), "call 14:10");
    left.movements.push(Movement { time: time("12:50"), way: Way::Back, ..out });
    left.marks.entry((ZOE, PM)).or_default().tutor = Some(mark("N"));
    assert_eq!(row(&left, ZOE, PM, "14:20").standing.describe(), "call 14:10", "back, and gone again without a word");
}

#[test]
fn a_promise_waits_until_its_time_and_then_comes_back() {
    let on_the_way = Promise::OnTheWay { by: time("09:57") };
    let mut day = day(&[(AMIRA, AM, "N"), (BILAL, AM, "N"), (LOUIS, AM, "N")]);
    day.promises = vec![promised(BILAL, "09:27", on_the_way)];
    let of = |day: &Day, now: &str| {
        let bilal = row(day, BILAL, AM, now);
        (bilal.standing.describe(), bilal.wait)
    };
    let waits = "on the way since 09:27".to_owned();
    assert_eq!(of(&day, "09:45"), (waits.clone(), Wait::Minutes(12)), "no call at 09:40");
    let broken = format!("{waits}, not here at 09:57");
    assert_eq!(of(&day, "10:07"), (broken, Wait::Minutes(-10)), "not kept: overdue");
    // Somebody rings, and the ladder goes on.
    let mut rung = day.clone();
    rung.calls.push(call(BILAL, 3, "10:08", CallOutcome::NoAnswer));
    assert_eq!(of(&rung, "10:10").0, "tell head of year 11:00");
    // Told anew, it is waited for anew.
    rung.promises.push(promised(BILAL, "10:09", Promise::RingBack { at: time("10:30") }));
    assert_eq!(of(&rung, "10:10"), ("call back 10:30".to_owned(), Wait::Minutes(20)));
    assert_eq!(row(&rung, BILAL, AM, "10:10").call_back, Some(time("10:30")));
    // Seen, and still at N: kept.
    let mut seen = day.clone();
    let (place, who) = ("library".to_owned(), "J Ito".to_owned());
    seen.sightings.push(Sighting { act: ActId(99), pupil: BILAL, time: time("09:50"), seen: true, place, who });
    assert_eq!(of(&seen, "10:00").0, "AM N: reason wanted");
    // Whom the lead must be told of is told of all the same, and a mother who did not know is not put off.
    day.promises.push(promised(AMIRA, "09:12", Promise::OnTheWay { by: time("10:30") }));
    day.calls.push(call(AMIRA, 1, "09:11", CallOutcome::NoAnswer));
    assert_eq!(row(&day, AMIRA, AM, "09:20").standing.describe(), "tell DSL 09:40");
}

#[test]
fn within_a_tier_who_waits_longest_is_first_and_whoever_is_done_with_last() {
    assert!(Wait::Minutes(-5) < Wait::Minutes(0) && Wait::Minutes(500) < Wait::Today && Wait::Today < Wait::Done);
    let mut day = day(&[(LOUIS, AM, "N"), (LOUIS, PM, "N"), (SUKARNO, AM, "N"), (SANNE, PM, "N"), (ZOE, PM, "N")]);
    day.marks.insert((SUKARNO, PM), SessionMark { settled: Some(mark("\\")), ..SessionMark::default() });
    day.calls = vec![call(ZOE, 7, "13:50", CallOutcome::Aware)];
    let out = Movement {
        code: None,
        act: ActId(9),
        pupil: LOUIS,
        time: time("13:45"),
        way: Way::Out,
        reason: "collected".to_owned(),
        who: "J Ito".to_owned(),
    };
    day.movements.push(out);
    let rows = unexplained(&day, PM, time("14:20"));
    let texts: Vec<String> = rows.iter().map(|row| row.standing.describe()).collect();
    assert_eq!(texts, ["left 13:45, collected", "call 14:10", "tell head of year 15:30", "AM N: reason wanted"]);
}

#[test]
fn an_afternoon_that_goes_on_with_the_morning_s_absence_puts_nothing_off() {
    let mut day = day(&[(AMIRA, AM, "N"), (AMIRA, PM, "N")]);
    day.calls = vec![call(AMIRA, 1, "09:15", CallOutcome::NoAnswer)];
    assert_eq!(row(&day, AMIRA, AM, "12:00").standing.describe(), "tell DSL 09:40");
    assert_eq!(row(&day, AMIRA, PM, "13:50").standing.describe(), "tell DSL 09:40", "told nobody since");
    let (place, who) = ("library".to_owned(), "J Ito".to_owned());
    day.sightings.push(Sighting { act: ActId(9), pupil: AMIRA, time: time("11:00"), seen: true, place, who });
    day.evidence.entry((AMIRA, PM)).or_default().push(only(PM, tutor("N", "13:26")));
    assert_eq!(row(&day, AMIRA, PM, "13:50").standing.describe(), "tell DSL 14:10", "gone anew");
}
