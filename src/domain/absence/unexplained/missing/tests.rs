//! What ends MISSING, and what does not.

use super::*;
use crate::domain::absence::unexplained::{FollowUp, unexplained};
use crate::domain::day::SessionMark;
use crate::domain::facts::evidence::Evidence;
use crate::domain::facts::presence::{Movement, Sighting, Way};
use crate::domain::facts::search::{FoundWhere, Search, SearchEnd, SearchOutcome};
use crate::domain::testing::*;

const AM: Session = Session::Am;
const PM: Session = Session::Pm;

/// Amira stands at N, and at 09:20 her mother did not know.
fn gone() -> Day {
    let mut day = day(&[(AMIRA, AM, "N")]);
    day.calls = vec![call(AMIRA, 1, "09:20", CallOutcome::Unaware)];
    day
}

fn add(day: &mut Day, session: Session, evidence: Evidence, code: &str) {
    set(day, session, code);
    day.evidence.entry((AMIRA, session)).or_default().push(only(session, evidence));
}

fn set(day: &mut Day, session: Session, code: &str) {
    let before = day.mark(AMIRA, session);
    day.marks.insert((AMIRA, session), SessionMark { settled: Some(mark(code)), ..before });
}

fn in_maths(day: &mut Day, code: &str) {
    lesson(day, 1, "2", "8KM Maths", &[(AMIRA, Some(code))]);
}

fn sighted(day: &mut Day, at: &str, seen: bool) {
    let (place, who) = ("library".to_owned(), "J Ito".to_owned());
    day.sightings.push(Sighting { act: ActId(90_000), pupil: AMIRA, time: time(at), seen, place, who });
}

fn searched(day: &mut Day, found: FoundWhere, over: &str) {
    let (who, words) = ("J Ito".to_owned(), "bus station".to_owned());
    let ended =
        Some(SearchEnd { outcome: SearchOutcome::Found, found: Some(found), words, at: at(over), who: who.clone() });
    let (act, last_seen) = (ActId(90_002), "gate 08:31".to_owned());
    day.searches.push(Search { act, pupil: AMIRA, opened: at("09:05"), who, last_seen, notes: Vec::new(), ended });
}

fn moved(day: &mut Day, at: &str, way: Way) {
    let (reason, who) = ("dentist".to_owned(), "J Ito".to_owned());
    day.movements.push(Movement { act: ActId(90_001), pupil: AMIRA, time: time(at), way, reason, code: None, who });
}

fn describe(day: &Day) -> Option<String> {
    missing(day, day.roll.pupil(AMIRA).unwrap()).map(|missing| missing.describe())
}

#[test]
fn a_missing_pupil_is_seen_or_somebody_explains() {
    let known = "the parent did not know 09:20";
    type Happens = fn(&mut Day);
    let cases: [(&str, Happens, &str); 22] = [
        ("nothing since", |_| {}, ""),
        ("through the gate", |day| add(day, AM, gate("09:50"), "U 70"), "; seen 09:50, gate"),
        (
            "logged after the call, though in before it",
            |day| add(day, AM, Evidence { at: at("09:31"), act: ActId(34_260), ..gate("09:18") }, "U 38"),
            "; seen 09:18, gate",
        ),
        (
            "missed by the register, and logged as the call went on",
            |day| {
                add(day, AM, tutor("N", "08:50"), "N");
                add(day, AM, gate("09:18"), "U 38");
            },
            "; seen 09:18, gate",
        ),
        (
            "logged as the call went on, and missed in a lesson since",
            |day| {
                add(day, AM, tutor("N", "08:50"), "N");
                add(day, AM, gate("09:18"), "U 38");
                in_maths(day, "N");
            },
            "",
        ),
        ("in before the call, and gone since", |day| add(day, AM, gate("08:31"), "N"), ""),
        (
            "the office found the pupil in class",
            |day| add(day, AM, office("/", "09:40"), "/"),
            "; seen 09:40, says S Marsh",
        ),
        ("in the afternoon's register", |day| add(day, PM, tutor("\\", "13:26"), "\\"), "; seen 13:26, register"),
        ("marked in in the afternoon", |day| set(day, PM, "\\"), "; seen 13:20, PM register"),
        ("N in the afternoon too", |day| add(day, PM, tutor("N", "13:26"), "N"), ""),
        ("seen in a sweep", |day| sighted(day, "09:55", true), "; seen 09:55, library"),
        ("seen before the call", |day| sighted(day, "09:10", true), ""),
        ("looked for and not seen", |day| sighted(day, "09:55", false), ""),
        ("back in", |day| moved(day, "10:20", Way::Back), "; seen 10:20, back in"),
        ("logged out", |day| moved(day, "10:20", Way::Out), ""),
        ("present in a lesson", |day| in_maths(day, "/"), "; seen 09:50, P2 8KM Maths"),
        ("N in a lesson", |day| in_maths(day, "N"), ""),
        (
            "the other parent explains",
            |day| day.calls.push(Call { code: Some(code("I")), ..call(AMIRA, 2, "10:05", CallOutcome::Aware) }),
            "; explained 10:05 by Mr Khan, mother",
        ),
        ("a message explains", |day| add(day, AM, report("I", "10:15"), "I"), "; explained 10:15 by Mrs Khan, mother"),
        ("found in town", |day| searched(day, FoundWhere::Elsewhere, "10:12"), "; found elsewhere 10:12: bus station"),
        ("found in town before the call", |day| searched(day, FoundWhere::Elsewhere, "09:10"), ""),
        ("the office accepts no reason", |day| add(day, AM, office("O", "10:15"), "O"), ""),
    ];
    for (what, happens, ended) in cases {
        let mut day = gone();
        happens(&mut day);
        assert_eq!(describe(&day), Some(format!("{known}{ended}")), "{what}");
    }
    assert_eq!(describe(&day(&[(AMIRA, AM, "N")])), None);
}

#[test]
fn who_spoke_and_explained_nothing_ends_nothing_while_the_n_stands() {
    let mut day = gone();
    day.calls.push(call(AMIRA, 2, "10:05", CallOutcome::Aware));
    assert_eq!(describe(&day).as_deref(), Some("the parent did not know 09:20"));
    set(&mut day, AM, "M");
    assert_eq!(describe(&day).as_deref(), Some("the parent did not know 09:20; explained 10:05 by Mr Khan, mother"));
}

#[test]
fn told_before_it_ended_it_is_one_search_and_told_after_it_is_another() {
    let mut day = gone();
    day.calls.push(call(AMIRA, 2, "09:30", CallOutcome::Unaware));
    assert_eq!(describe(&day).as_deref(), Some("the parent did not know 09:20"));
    sighted(&mut day, "09:50", true);
    assert_eq!(describe(&day).as_deref(), Some("the parent did not know 09:30; seen 09:50, library"));
    day.calls.push(call(AMIRA, 1, "11:30", CallOutcome::Unaware));
    assert_eq!(describe(&day).as_deref(), Some("the parent did not know 11:30"), "gone again");
}

#[test]
fn the_missing_ladder_stops_with_it() {
    let mut day = gone();
    let of = |day: &Day| {
        let row = unexplained(day, AM, time("10:00")).into_iter().find(|row| row.pupil == AMIRA).unwrap();
        let first = FollowUp::of(day, day.roll.pupil(AMIRA).unwrap(), AM).steps()[0].on_ladder.step.clone();
        (row.unaware, row.standing.describe(), first)
    };
    assert_eq!(of(&day), (true, "tell DSL 09:20".to_owned(), "tell DSL".to_owned()));
    sighted(&mut day, "09:55", true);
    assert_eq!(
        of(&day),
        (false, "AM N: reason wanted".to_owned(), "call".to_owned()),
        "at N still, and in the building: asked in person"
    );
}
