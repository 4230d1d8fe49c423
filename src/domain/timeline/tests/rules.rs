//! Rule by rule: what both sessions come to.

use super::support::*;
use crate::domain::calendar::session::SessionTimes;
use crate::domain::facts::evidence::Evidence;
use crate::domain::testing::*;
use crate::domain::timeline::Earlier;

/// Each row: the day as told, and the marks of both sessions.
fn hold(rule: &str, rows: &[(&[Given], &str)]) {
    for (facts, expected) in rows {
        assert_eq!(&marks(facts), expected, "{rule}: {facts:?}");
    }
}

fn n() -> Given {
    registered(AM, "N", "08:50")
}

fn n_in_pm() -> Given {
    registered(PM, "N", "13:30")
}

fn ill() -> Given {
    reported("I", "08:10")
}

#[test]
fn nothing_known_is_a_blank_and_not_an_n() {
    assert_eq!(marks(&[]), "-, -");
    assert_eq!(why(&[]), "no mark yet");
}

#[test]
fn rule_1_a_decision_stands_until_the_next() {
    hold(
        "1",
        &[
            (&[n(), decided(AM, "I", "09:30"), late("09:50")], "I, -"),
            (&[n(), decided(AM, "O", "09:15"), late("09:40")], "O, -"),
            (&[n(), decided(AM, "/", "09:20"), registered(AM, "O", "09:35")], "/, -"),
            (&[decided(AM, "I", "10:00"), decided(AM, "M", "10:30")], "M, -"),
            (&[registered(AM, "/", "08:50"), decided(AM, "N", "10:00")], "N, -"),
            (&[decided(AM, "O", "09:00"), reported_for(AM, "I", "10:00")], "O, -"),
            // An open question gives way to what answers it, and to nothing from before.
            (&[decided(AM, "N", "09:15"), late("09:40")], "U 60 min, -"),
            (&[late("09:05"), decided(AM, "N", "09:15")], "N, -"),
            (&[n(), decided(AM, "N", "09:15"), reported_for(AM, "I", "10:00")], "I, -"),
            (&[reported_for(AM, "I", "08:10"), n(), decided(AM, "N", "09:15")], "N, -"),
            (&[n(), decided(AM, "N", "09:15"), registered(AM, "/", "09:30")], "/, -"),
            (&[n(), decided(AM, "N", "09:15"), registered(AM, "O", "09:30")], "N, -"),
            (&[registered(AM, "/", "08:50"), decided(AM, "N", "09:15"), late("09:40")], "U 60 min, -"),
            (&[registered(AM, "/", "08:50"), decided(AM, "N", "09:15"), reported_for(AM, "I", "10:00")], "I, -"),
            (&[reported("W", "08:10"), decided(AM, "N", "09:15"), answered(AM, true, "10:00")], "W, W"),
            (&[reported("W", "08:10"), answered(AM, true, "09:00"), decided(AM, "N", "09:15")], "N, W"),
            (&[reported("W", "08:10"), decided(AM, "N", "09:15"), answered(AM, false, "10:00")], "N, -"),
            // A decided late takes the minutes of the arrival it stands for.
            (&[late("09:12"), decided(AM, "L", "09:30")], "L 32 min, -"),
            (&[late("09:12"), decided(AM, "L 20", "09:30")], "L 20 min, -"),
            (&[decided(AM, "U", "09:30")], "U, -"),
        ],
    );
}

#[test]
fn rule_2_seen_ends_told() {
    hold(
        "2",
        &[
            (&[ill(), n()], "I, I"),
            (&[ill(), n(), late("09:40"), n_in_pm()], "U 60 min, N"),
            (&[ill(), late("08:57")], "L 17 min, -"),
            (&[ill(), registered(AM, "/", "08:50"), n_in_pm()], "/, N"),
            (&[ill(), n(), in_lesson("11:00", "/"), n_in_pm()], "I, N"),
            (&[ill(), n(), sighted("11:00", true), n_in_pm()], "I, N"),
            (&[ill(), n(), sighted("11:00", false), n_in_pm()], "I, I"),
            (&[ill(), n(), back("11:00"), n_in_pm()], "I, N"),
            (&[ill(), decided(AM, "/", "09:20"), n_in_pm()], "/, N"),
            // Whoever leaves was here.
            (&[ill(), n(), out("11:00", "collected", None), n_in_pm()], "I, N"),
            // Seen before the register was taken: the N is an N.
            (&[ill(), sighted("08:45", true), n()], "N, -"),
            // A report speaks for its own sessions.
            (&[reported_for(AM, "I", "08:10"), n(), n_in_pm()], "I, N"),
            (&[registered(AM, "/", "08:50"), reported_for(PM, "M", "08:10"), n_in_pm()], "/, M"),
            (&[reported("M", "08:10"), n(), late("10:15"), n_in_pm()], "M, N"),
            // Said after the child was missed again, it answers that; said before, it does not.
            (&[registered(AM, "/", "08:50"), n_in_pm(), reported("I", "14:00")], "/, I"),
            (&[registered(AM, "/", "08:50"), reported("I", "09:00"), n_in_pm()], "/, N"),
        ],
    );
}

#[test]
fn rule_2_a_span_of_days_ends_with_the_day_they_are_back() {
    let since = |days| {
        let Given::Evidence(one) = ill() else { unreachable!() };
        let at = one.at - chrono::TimeDelta::days(days);
        Given::Evidence(Evidence { from: days_ago(days, AM), act: crate::domain::act_id::ActId(5), at, ..one })
    };
    let seen = |days, session, missed| Some(Earlier { seen: days_ago(days, session), missed });
    for (facts, earlier, expected) in [
        (vec![since(2), n()], None, "I, I"),
        (vec![since(2), n()], seen(1, AM, None), "N, -"),
        (vec![since(2), n()], seen(2, AM, None), "N, -"),
        // Before the span began; and a span that began after they were last seen.
        (vec![since(2), n()], seen(3, PM, None), "I, I"),
        // Reported after the day on which they were seen, or after they were missed on it.
        (vec![since(1), n()], seen(1, AM, Some(crate::domain::act_id::ActId(4))), "I, I"),
        (vec![since(1), n()], seen(1, AM, Some(crate::domain::act_id::ActId(6))), "N, -"),
    ] {
        assert_eq!(marks_after(&facts, earlier), expected, "{facts:?} {earlier:?}");
    }
}

#[test]
fn rule_3_arrangements_go_on() {
    for code in ["E", "D", "C2", "S", "X", "Q"] {
        let kept = format!("{code}, {code}");
        hold(
            "3, kept",
            &[
                (&[reported(code, "08:10"), late("08:57")], &kept),
                (&[reported(code, "08:10"), n(), late("09:40"), n_in_pm()], &kept),
                (&[reported(code, "08:10"), registered(AM, "/", "08:50")], &kept),
            ],
        );
    }
    for code in ["V", "P", "W"] {
        let both = format!("{code}, {code}");
        hold(
            "3, until logged in",
            &[
                (&[reported(code, "08:10"), n(), n_in_pm()], &both),
                (&[reported(code, "08:10"), late("09:40")], "U 60 min, -"),
                (&[reported(code, "08:10"), late("08:57"), n_in_pm()], "L 17 min, N"),
                // A trip may leave after registration.
                (&[reported(code, "08:10"), registered(AM, "/", "08:50"), n_in_pm()], &format!("/, {code}")),
                // In for the morning before an afternoon elsewhere.
                (&[reported_for(PM, code, "08:10"), registered(AM, "/", "08:50"), n_in_pm()], &format!("/, {code}")),
                (&[reported_for(PM, code, "08:10"), late("09:40"), n_in_pm()], &format!("U 60 min, {code}")),
                (&[reported_for(PM, code, "08:10"), late("13:30")], "-, L 10 min"),
            ],
        );
    }
    hold(
        "3, goes on",
        &[
            (&[reported("B", "08:10"), late("09:40"), n_in_pm()], "U 60 min, B"),
            (&[reported("C", "08:10"), late("09:40"), n_in_pm()], "C, C"),
            (&[reported("Y1", "08:10"), late("08:57"), n_in_pm()], "L 17 min, Y1"),
        ],
    );
}

#[test]
fn rule_4_not_there_ends_attendance_elsewhere() {
    for code in ["B", "K", "P", "V", "W"] {
        let pm = "N, -".to_owned();
        let (there, again) = (format!("{code}, {code}"), format!("{code}, {code}"));
        hold(
            "4",
            &[
                (&[reported(code, "08:10"), answered(AM, false, "10:20")], &pm),
                (&[reported(code, "08:10"), answered(AM, true, "10:20")], &there),
                (&[reported(code, "08:10"), answered(AM, false, "10:20"), answered(AM, true, "10:40")], &again),
                // It is over for the day, until the provider sees them.
                (&[reported(code, "08:10"), answered(AM, false, "10:20"), n_in_pm()], "N, N"),
                (
                    &[reported(code, "08:10"), answered(AM, false, "10:20"), answered(PM, true, "13:45")],
                    &format!("N, {code}"),
                ),
                (
                    &[reported(code, "08:10"), answered(AM, true, "10:20"), answered(PM, false, "13:45")],
                    &format!("{code}, N"),
                ),
                (&[reported_for(PM, code, "08:10"), n(), n_in_pm()], &format!("N, {code}")),
                // The register shows the arrangement, and knows nothing else of the pupil.
                (&[reported(code, "08:10"), registered(AM, code, "08:50"), answered(AM, false, "10:20")], &pm),
                (&[registered(AM, code, "08:50"), answered(AM, false, "10:20")], "N, -"),
                (&[registered(AM, code, "08:50"), answered(AM, true, "10:20")], &format!("{code}, -")),
            ],
        );
    }
    hold(
        "4",
        &[
            (&[reported("D", "08:10"), answered(AM, false, "10:20")], "D, D"),
            (&[reported("W", "08:10"), answered(AM, false, "10:20"), reported_for(AM, "I", "10:40")], "I, -"),
            (&[reported("W", "08:10"), answered(AM, false, "10:20"), late("10:40")], "U 120 min, -"),
        ],
    );
}

#[test]
fn rule_5_gone_ends_seen() {
    let home_ill = |left| out(left, "sent home ill", Some("I"));
    hold(
        "5",
        &[
            (&[late("08:30"), home_ill("08:38"), n()], "I, I"),
            (&[registered(AM, "/", "08:50"), home_ill("11:00"), n_in_pm()], "/, I"),
            (&[registered(AM, "/", "08:50"), home_ill("11:00")], "/, I"),
            (&[registered(AM, "/", "08:50"), out("10:00", "dentist", Some("M")), back("11:30"), n_in_pm()], "/, N"),
            (&[registered(AM, "/", "08:50"), home_ill("11:00"), registered(PM, "\\", "13:30")], "/, \\"),
            // A reason without a code explains nothing.
            (&[registered(AM, "/", "08:50"), out("11:00", "collected", None), n_in_pm()], "/, N"),
            (&[late("08:30"), out("08:38", "forgot kit", None), n()], "N, -"),
            // A mark once right stays.
            (&[late("08:57"), home_ill("09:00"), registered(AM, "N", "09:05")], "L 17 min, I"),
            (&[late("09:40"), home_ill("10:00")], "U 60 min, I"),
            // Of two departures the last before the register counts.
            (&[out("10:00", "dentist", Some("M")), back("10:40"), home_ill("11:00"), n_in_pm()], "-, I"),
            // Back after the afternoon's register was taken.
            (&[registered(AM, "/", "08:50"), out("12:00", "dentist", Some("M")), n_in_pm(), back("14:00")], "/, M"),
            (&[registered(AM, "/", "08:50"), out("12:00", "dentist", Some("M")), late("14:00")], "/, M"),
        ],
    );
}

#[test]
fn rule_6_an_arrival_before_close_is_l_or_present() {
    hold(
        "6",
        &[
            (&[late("08:40")], "/, -"),
            (&[n(), late("08:57")], "L 17 min, -"),
            (&[registered(AM, "/", "08:50"), late("09:02")], "L 22 min, -"),
            (&[late("08:30"), n()], "/, -"),
            (&[late("12:31"), n()], "N, \\"),
            (&[registered(AM, "/", "08:50"), late("13:30")], "/, L 10 min"),
        ],
    );
}

#[test]
fn rules_6_and_7_whoever_was_out_as_the_register_was_taken_arrives_as_they_are_back() {
    let (present, collected) = (|| registered(AM, "/", "08:50"), |left| out(left, "collected", None));
    hold(
        "6 and 7",
        &[
            (&[present(), collected("12:40"), registered(PM, "N", "13:22"), back("13:30")], "/, L 10 min"),
            (&[present(), collected("12:40"), back("13:30")], "/, L 10 min"),
            (&[present(), collected("11:00"), n_in_pm(), back("14:00")], "/, U 40 min"),
            (&[late("08:30"), collected("08:36"), n(), back("09:00")], "L 20 min, -"),
            (
                &[present(), out("11:00", "sent home ill", Some("I")), registered(PM, "N", "13:22"), back("13:25")],
                "/, L 5 min",
            ),
            // What explains the absence explains it still where they are back after close.
            (&[present(), out("11:00", "sent home ill", Some("I")), n_in_pm(), back("14:00")], "/, I"),
            (&[present(), collected("11:00"), n_in_pm(), back("14:00"), reported_for(PM, "M", "14:30")], "/, M"),
            // Back before it opened, the register says whether they are there; in at the register, they were in.
            (&[present(), collected("12:40"), back("13:10"), n_in_pm()], "/, N"),
            (&[present(), collected("10:00"), back("10:30")], "/, -"),
            (&[collected("10:00"), back("10:30")], "-, -"),
            (&[registered(PM, "\\", "13:25"), collected("13:30"), back("13:35")], "-, \\"),
            (&[present(), decided(PM, "N", "13:45"), collected("12:40"), back("14:00")], "/, U 40 min"),
            (&[reported("E", "08:10"), collected("11:00"), n_in_pm(), back("13:30")], "E, E"),
        ],
    );
}

#[test]
fn rule_7_an_arrival_after_close_is_u_unless_covered() {
    for code in ["M", "J1", "R", "C", "C1", "C2", "S", "T", "Q", "X", "Y1", "Y4", "Y7"] {
        assert!(marks(&[reported(code, "08:10"), n(), late("10:15")]).starts_with(&format!("{code}, ")), "{code}");
        assert!(
            marks(&[n(), late("10:15"), reported_for(AM, code, "11:00")]).starts_with(&format!("{code}, ")),
            "{code}"
        );
    }
    for code in ["I", "G", "O", "B", "K", "P", "V", "W", "H"] {
        assert!(marks(&[reported(code, "08:10"), n(), late("10:15")]).starts_with("U 95 min, "), "{code}");
    }
    hold(
        "7",
        &[
            (&[registered(AM, "/", "08:50"), late("09:40")], "/, -"),
            (&[registered(AM, "U 40", "09:20"), reported_for(AM, "M", "10:00")], "M, -"),
            (&[registered(AM, "U", "09:20"), reported_for(AM, "G", "10:00")], "U, -"),
            (&[registered(AM, "U", "09:20"), late("09:40")], "U 60 min, -"),
            // A reason that came with the register covers as one that was told.
            (&[registered(AM, "M", "08:50"), late("09:40")], "M, -"),
            (&[registered(AM, "I", "08:50"), late("09:40")], "U 60 min, -"),
            (&[registered(AM, "M", "08:50"), late("08:57")], "L 17 min, -"),
        ],
    );
}

#[test]
fn rule_8_of_one_source_the_newest_of_several_the_best() {
    hold(
        "8",
        &[
            (&[n(), registered(AM, "/", "09:30")], "/, -"),
            (&[registered(AM, "/", "08:45"), registered(AM, "N", "08:52")], "N, -"),
            (&[registered(AM, "/", "08:45"), registered_by("Ms Beta", AM, "N", "08:52")], "/, -"),
            (&[registered(AM, "N", "08:45"), registered_by("Ms Beta", AM, "I", "08:52")], "I, -"),
            (&[registered(AM, "O", "08:45"), ill()], "I, I"),
        ],
    );
}

#[test]
fn rule_9_told_against_told() {
    hold(
        "9",
        &[
            // What a head decides, and D, no report displaces, whichever came first.
            (&[reported("E", "08:00"), reported("I", "08:20")], "E, E"),
            (&[reported("I", "08:00"), reported("E", "08:20")], "E, E"),
            (&[reported("C", "08:00"), reported("I", "08:20")], "C, C"),
            (&[reported("D", "08:00"), reported("I", "08:20")], "D, D"),
            // A report of absence displaces attendance elsewhere.
            (&[reported("V", "08:00"), reported("I", "08:20")], "I, I"),
            (&[reported("I", "08:00"), reported("V", "08:20")], "I, I"),
            (&[reported("B", "08:00"), reported("I", "08:20")], "I, I"),
            // Else the newer.
            (&[reported("S", "08:00"), reported("I", "08:20")], "I, I"),
            (&[reported("I", "08:00"), reported("S", "08:20")], "S, S"),
            (&[reported("I", "08:00"), reported("M", "08:20")], "M, M"),
            (&[reported("V", "08:00"), reported("E", "08:20")], "E, E"),
            (&[reported("I", "08:00"), reported_for(AM, "M", "08:20")], "M, I"),
        ],
    );
}

#[test]
fn rule_10_minutes_go_by_the_times_of_the_day() {
    let mut early = times();
    early.am = SessionTimes { opens: time("08:30"), closes: time("08:50"), ends: time("12:00") };
    let shown =
        |hours| with_hours(&[late("08:57")], hours, None, |line| line.mark(AM).mark.map(|mark| mark.to_string()));
    assert_eq!((shown(&times()).as_deref(), shown(&early).as_deref()), (Some("L 17 min"), Some("U 27 min")));
}

#[test]
fn rule_12_an_o_that_only_a_register_says_is_an_open_question() {
    let is_open = |facts: &[Given]| with_line(facts, None, |line| line.is_o_from_register(AM, mark("O")));
    assert!(is_open(&[registered(AM, "O", "08:50")]));
    assert!(!is_open(&[registered(AM, "O", "08:50"), decided(AM, "O", "09:15")]));
    assert!(!is_open(&[reported("O", "08:10")]));
}

#[test]
fn it_says_why() {
    let office = |text, recorded| decided(AM, text, recorded);
    let cases: Vec<(Vec<Given>, &str)> = vec![
        (vec![registered(AM, "/", "08:50")], "/: tutor / 08:50"),
        (vec![registered(AM, "L 5", "08:50")], "L 5 min: tutor L 5 min 08:50"),
        (vec![late("09:10")], "U 30 min: gate 09:10"),
        (vec![ill()], "I: report I by Mrs Khan, mother"),
        (vec![Given::Evidence(plan("V", "museum trip"))], "V: plan V museum trip"),
        (vec![office("O", "10:00"), late("09:40")], "O: office O 10:00 beats gate 09:40"),
        (vec![office("N", "10:00"), registered(AM, "/", "08:50")], "N: office N 10:00 beats tutor / 08:50"),
        (vec![n(), late("08:57")], "L 17 min: gate 08:57 beats tutor N 08:50"),
        (vec![ill(), late("08:57")], "L 17 min: gate 08:57 beats report I by Mrs Khan, mother"),
        (vec![reported("M", "08:15"), late("09:40")], "M: report M by Mrs Khan, mother covers gate 09:40"),
        (vec![ill(), n()], "I: report I by Mrs Khan, mother beats tutor N 08:50"),
        (vec![registered(AM, "/", "08:50"), ill()], "/: tutor / 08:50 beats report I by Mrs Khan, mother"),
        // Those who agree are not beaten.
        (vec![registered(AM, "L", "08:50"), late("08:57")], "L 17 min: gate 08:57"),
        (vec![office("I", "10:00"), ill()], "I: office I 10:00"),
        // What ended a report stands with what it left.
        (
            vec![ill(), sighted("08:45", true), n()],
            "N: tutor N 08:50; seen 08:45, library, which ends report I by Mrs Khan, mother",
        ),
        (
            vec![reported("W", "08:10"), answered(AM, false, "10:20")],
            "N: not there 10:20, says Mr Hall beats report W by Mrs Khan, mother",
        ),
        (
            vec![late("08:30"), out("08:38", "sent home ill", Some("I")), n()],
            "I: left 08:38, sent home ill, after gate 08:30",
        ),
    ];
    for (facts, message) in cases {
        assert_eq!(why(&facts), message);
    }
    let blank = with_line(&[ill(), late("09:40")], None, |line| line.mark(PM).why());
    assert_eq!(blank, "no mark yet: gate 09:40 ends report I by Mrs Khan, mother");
}
