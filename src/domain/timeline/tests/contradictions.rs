//! What cannot be true together, until the office decides.

use super::support::*;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::facts::evidence::{Evidence, Fact};
use crate::domain::testing::*;

/// The gravest contradiction of the morning, and the mark to confirm: "away-but-marked-here: report I ..., but gate 08:57 -> L 17 min".
fn found(facts: &[Given]) -> Option<String> {
    with_line(facts, None, |line| {
        line.contradiction(AM).map(|found| {
            let best = found.best.map_or_else(|| "leave".to_owned(), |mark| mark.to_string());
            format!("{}: {found} -> {best}", found.contradiction.as_str())
        })
    })
}

fn by_father(given: Given) -> Given {
    match given {
        Given::Evidence(Evidence { fact: Fact::Report { code, words, .. }, act, who, at, from, until }) => {
            let fact = Fact::Report { code, time: None, by: "Mr Khan, father".to_owned(), words };
            Given::Evidence(Evidence { act, fact, who, at, from, until })
        }
        other => other,
    }
}

fn trip() -> Given {
    Given::Evidence(plan("V", "trip"))
}

#[test]
fn each_kind_is_said_with_what_would_settle_it() {
    let (n, present) = (|| registered(AM, "N", "08:50"), || registered(AM, "/", "08:50"));
    let ill = || reported("I", "08:15");
    let shown = "report I by Mrs Khan, mother";
    let cases: Vec<(Vec<Given>, String)> = vec![
        (vec![ill(), present()], format!("away-but-marked-here: {shown}, but tutor / 08:50 -> /")),
        (vec![ill(), late("08:57")], format!("away-but-marked-here: {shown}, but gate 08:57 -> L 17 min")),
        // Illness said of a pupil who comes after close: the office's to decide.
        (vec![ill(), n(), late("09:40")], format!("away-but-marked-here: {shown}, but gate 09:40 -> I")),
        (
            vec![reported("G", "08:15"), late("09:40")],
            "away-but-marked-here: report G by Mrs Khan, mother, but gate 09:40 -> U 60 min".to_owned(),
        ),
        (vec![trip(), late("09:40")], "away-but-marked-here: plan V trip, but gate 09:40 -> U 60 min".to_owned()),
        (
            vec![decided(AM, "/", "08:50"), reported("I", "09:15")],
            format!("away-but-marked-here: {shown}, but office / 08:50 -> /"),
        ),
        (
            vec![late("08:20"), out("08:25", "shop", None), back("08:35"), n()],
            "in-but-not-in-room: gate 08:20, but tutor N 08:50 -> /".to_owned(),
        ),
        // Suspended, or due elsewhere, and here: an alarm, and the mark is left.
        (
            vec![reported("E", "08:10"), n(), late("09:40")],
            "must-not-be-here: report E by Mrs Khan, mother, but gate 09:40 -> leave".to_owned(),
        ),
        (
            vec![reported("D", "08:10"), present()],
            "must-not-be-here: report D by Mrs Khan, mother, but tutor / 08:50 -> leave".to_owned(),
        ),
        (
            vec![decided(AM, "E", "08:10"), late("09:40")],
            "must-not-be-here: office E 08:10, but gate 09:40 -> leave".to_owned(),
        ),
        (
            vec![reported("C2", "08:10"), late("09:40")],
            "away-but-marked-here: report C2 by Mrs Khan, mother, but gate 09:40 -> leave".to_owned(),
        ),
        // Granted by the school, and here: that it covers the arrival is no answer to why they came.
        (
            vec![reported("C", "08:10"), n(), late("09:40")],
            "away-but-marked-here: report C by Mrs Khan, mother, but gate 09:40 -> C".to_owned(),
        ),
        // Told by way of the register.
        (
            vec![registered(AM, "I", "08:50"), late("09:40")],
            "away-but-marked-here: tutor I 08:50, but gate 09:40 -> I".to_owned(),
        ),
        // Decided, and seen or told otherwise since.
        (
            vec![decided(AM, "W", "08:45"), answered(AM, false, "10:20")],
            "decided-then-told: office W 08:45, but not there 10:20, says Mr Hall -> N".to_owned(),
        ),
        (
            vec![n(), decided(AM, "L", "09:20"), late("09:40")],
            "registers-disagree: office L 09:20, but gate 09:40 -> L 60 min".to_owned(),
        ),
        (
            vec![decided(AM, "O", "09:15"), late("09:40")],
            "away-but-marked-here: office O 09:15, but gate 09:40 -> U 60 min".to_owned(),
        ),
        (
            vec![decided(AM, "I", "09:05"), registered(AM, "/", "09:09")],
            "away-but-marked-here: office I 09:05, but tutor / 09:09 -> /".to_owned(),
        ),
        (
            vec![decided(AM, "O", "09:15"), reported_for(AM, "I", "10:00")],
            format!("decided-then-told: office O 09:15, but {shown} -> I"),
        ),
        (vec![late("08:30"), n()], "in-but-not-in-room: gate 08:30, but tutor N 08:50 -> /".to_owned()),
        (
            vec![late("08:44"), registered(AM, "N", "08:52")],
            "in-but-not-in-room: gate 08:44, but tutor N 08:52 -> L 4 min".to_owned(),
        ),
        (vec![decided(AM, "/", "08:45"), n()], "in-but-not-in-room: office / 08:45, but tutor N 08:50 -> /".to_owned()),
        (vec![present(), late("09:02")], "registers-disagree: tutor / 08:50, but gate 09:02 -> L 22 min".to_owned()),
        (vec![present(), late("09:40")], "registers-disagree: tutor / 08:50, but gate 09:40 -> /".to_owned()),
        (vec![trip(), n()], "on-trip-but-n: plan V trip, but tutor N 08:50 -> V".to_owned()),
        (
            vec![ill(), by_father(reported("M", "09:01"))],
            format!("contacts-disagree: {shown}, but report M by Mr Khan, father -> M"),
        ),
        (
            vec![reported("E", "08:00"), by_father(reported("I", "08:20"))],
            "arrangement-disputed: report I by Mr Khan, father, but report E by Mrs Khan, mother -> E".to_owned(),
        ),
        (vec![trip(), reported("I", "08:20")], format!("arrangement-disputed: plan V trip, but {shown} -> I")),
    ];
    for (facts, text) in cases {
        assert_eq!(found(&facts).as_deref(), Some(text.as_str()), "{facts:?}");
    }
}

#[test]
fn what_agrees_or_is_decided_is_none() {
    let (n, present) = (|| registered(AM, "N", "08:50"), || registered(AM, "/", "08:50"));
    let ill = || reported("I", "08:15");
    let cases: Vec<Vec<Given>> = vec![
        vec![],
        vec![reported("W", "08:00"), answered(AM, false, "09:21"), reported_for(AM, "I", "09:31")],
        vec![ill(), present(), decided(AM, "I", "09:15")],
        vec![late("08:30"), n(), decided(AM, "/", "09:15")],
        vec![present(), late("09:40"), decided(AM, "/", "10:00")],
        vec![trip(), n(), decided(AM, "V", "09:15")],
        vec![ill(), reported("M", "09:01")],
        vec![ill(), by_father(reported("I", "09:01"))],
        vec![reported("C2", "08:10"), n()],
        vec![reported("M", "08:15"), late("09:40")],
        vec![decided(AM, "M", "09:15"), late("09:40")],
        vec![decided(AM, "N", "09:15"), late("09:40")],
        vec![decided(AM, "N", "09:15"), reported_for(AM, "I", "10:00")],
        vec![n(), late("08:57")],
        vec![late("08:45"), present()],
        vec![late("08:57"), registered(AM, "N", "09:20")],
        vec![registered(AM, "L", "08:50"), late("08:57")],
        vec![n(), reported("I", "09:15")],
        vec![late("08:30"), out("08:38", "sent home ill", Some("I")), n()],
        // A departure for what was reported.
        vec![reported("M", "08:10"), late("08:30"), out("08:36", "dentist", Some("M")), n(), back("10:00")],
    ];
    for facts in cases {
        assert_eq!(found(&facts), None, "{facts:?}");
    }
}

#[test]
fn a_report_that_has_ended_contradicts_nothing_any_more() {
    let facts = [reported("I", "08:15"), registered(AM, "/", "08:50"), registered(PM, "\\", "13:25")];
    let kinds = |session| with_line(&facts, None, |line| line.contradiction(session).map(|found| found.contradiction));
    assert_eq!((kinds(AM), kinds(PM)), (Some(ContradictionKind::AwayButMarkedHere), None));
}
