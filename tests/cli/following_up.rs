//! Calls, steps, searches, sweeps, contradictions and marks past their deadline, from the command line.

use serde_json::json;

use crate::support::*;

/// A row of `unexplained`, by forename.
fn row(desk: &Desk, now: &str, forename: &str) -> Option<serde_json::Value> {
    desk.run_at(now, &["unexplained", "--json"]).rows().into_iter().find(|row| row["forename"] == forename)
}

/// What a command that is refused answers: the word, and the sentence.
fn refused(desk: &Desk, args: &[&str]) -> (String, String) {
    let json = desk.run(&[args, &["--json"]].concat()).ends(1).json();
    let text = |field: &str| json[field].as_str().unwrap().to_owned();
    (text("refused"), text("says"))
}

#[test]
fn a_call_is_logged_with_what_became_of_it() {
    for (args, text, am) in [
        (&["--contact", "1", "--outcome", "unaware"][..], "parent did not know, Mrs Khan, mother", "N"),
        (&["--contact", "father", "--outcome", "no-answer"], "no answer, Mr Khan, father", "N"),
        (&["--contact", "Mr Khan", "--outcome", "left-message"], "left message, Mr Khan, father", "N"),
        (&["--contact", "2", "--outcome", "wrong-number"], "wrong number, Mr Khan, father", "N"),
        (&["--contact", "1", "--outcome", "someone-else"], "someone else answered, Mrs Khan, mother", "N"),
        (&["--contact", "1", "--outcome", "refused"], "would not say why, Mrs Khan, mother", "N"),
        (&["--contact", "1", "--outcome", "call-back", "--at", "09:45"], "call back, Mrs Khan, mother at 09:45", "N"),
        (&["--outcome", "spoke", "--note", "on the way"], "spoke, has a reason, a caller", "N"),
        (&["--contact", "1", "--outcome", "spoke", "--code", "i"], "spoke, has a reason, Mrs Khan, mother, I", "I"),
        (
            &["--contact", "1", "--outcome", "spoke", "--code", "M", "--until", "thu"],
            "spoke, has a reason, Mrs Khan, mother, M until Thu 26 Nov",
            "M",
        ),
        (
            &["--contact", "1", "--outcome", "spoke", "--code", "I", "--note", "flu, back fri"],
            "spoke, has a reason, Mrs Khan, mother, I until Thu 26 Nov",
            "I",
        ),
    ] {
        let desk = Desk::harrington();
        let output = desk.run(&[&["call", "1"], args].concat()).ends(0).out;
        assert_eq!(output, format!("Khan, Amira 8KM: {text}.\n"));
        let card = desk.run(&["who", "1", "--json"]).rows().remove(0);
        assert_eq!(card["sessions"][0]["mark"]["code"], am, "{args:?}");
        assert_eq!(desk.ask("SELECT count(*) FROM call"), [[Some("1".to_owned())]]);
    }
}

#[test]
fn a_call_that_says_too_little_or_two_things_is_refused_and_not_kept() {
    let desk = Desk::harrington();
    for (args, text) in [
        (
            &["--outcome", "spoke"][..],
            "say the reason they gave, by --code or --note; --outcome refused if they gave none",
        ),
        (
            &["--outcome", "no-answer", "--code", "I"],
            "I goes with a word about the reason: --outcome spoke or --outcome refused",
        ),
        (&["--outcome", "call-back"], "say when they are to be rung again: --at HH:MM"),
        (
            &["--outcome", "call-back", "--at", "09:10"],
            "09:10 is past: say a time still to come, when they are to be rung again",
        ),
        (&["--outcome", "unaware", "--at", "09:50"], "a time to ring again goes with --outcome call-back"),
        (
            &["--outcome", "unaware", "--contact", "3"],
            "Khan, Amira 8KM has no contact “3”: 1 Mrs Khan, mother; 2 Mr Khan, father",
        ),
        (
            &["--outcome", "unaware", "--contact", "khan"],
            "“khan” means several contacts of Khan, Amira 8KM: 1 Mrs Khan, mother; 2 Mr Khan, father",
        ),
        (&["--outcome", "spoke", "--code", "I", "--until", "soon"], "“soon” is no day: write thu, 28/11 or 2026-11-28"),
        (
            &["--outcome", "spoke", "--code", "I", "--note", "dentist tomorrow"],
            "the note says “tomorrow”, which a call does not record: say the last day by --until, and log a message \
             (report-absence) for other days",
        ),
        (&["--outcome", "unaware", "--with", "kofi"], "Osei, Kofi 9BW is not of the same household"),
    ] {
        // The last is the record's own refusal: it names the pupil as lists do.
        let (word, output) = refused(&desk, &[&["call", "1"], args].concat());
        assert_eq!((word.as_str(), output.replace("Osei, Kofi is", "Osei, Kofi 9BW is").as_str()), ("forbidden", text));
    }
    let (_, text) = refused(&desk, &["call", "kofi", "--contact", "1", "--outcome", "unaware"]);
    assert_eq!(text, "no contact is held for Osei, Kofi 9BW: leave --contact out, and say in --note who it was");
    desk.run(&["call", "1", "--outcome", "sulked"]).ends(2);
    desk.run(&["call", "1", "--outcome", "spoke", "--until", "thu"]).ends(2);
    assert_eq!(desk.ask("SELECT count(*) FROM call"), [[Some("0".to_owned())]]);
}

#[test]
fn one_call_speaks_for_a_sibling_and_a_mark_made_meanwhile_keeps_its_code_away() {
    let desk = Desk::harrington();
    let call = ["call", "1", "--contact", "1", "--outcome", "spoke", "--code", "I", "--with", "bilal"];
    let output = desk.run(&call).ends(0).out;
    assert_eq!(output, "Khan, Amira 8KM and 1 more: spoke, has a reason, Mrs Khan, mother, I.\n");
    let marks = desk.ask("SELECT code FROM mark WHERE session = 'AM' AND pupil IN (1, 2) ORDER BY pupil").concat();
    assert_eq!(marks, [Some("I".to_owned()), Some("I".to_owned())]);
    desk.run(&["undo"]).ends(0);
    assert!(row(&desk, NOW, "Amira").is_some());
}

#[test]
fn a_step_is_taken_by_part_of_its_name() {
    let desk = Desk::harrington();
    assert_eq!(refused(&desk, &["step", "1", "dsl"]).1, "say who was told: the name of the DSL");
    let output = desk.run(&["step", "1", "dsl", "Ms", "Grey"]).ends(0).out;
    assert_eq!(output, "Khan, Amira 8KM: tell DSL 09:20, Ms Grey.\n");
    assert_eq!(refused(&desk, &["step", "1", "TELL DSL", "again"]).0, "done-already");
    let (word, text) = refused(&desk, &["step", "1", "prayer"]);
    assert_eq!(word, "forbidden");
    assert_eq!(
        text,
        "“prayer” is no step for Khan, Amira 8KM: name one of call, tell DSL, tell social worker, visit, police"
    );
    let (_, text) = refused(&desk, &["step", "1", "call"]);
    assert_eq!(text, "a call does “call”: log the call");
    desk.run(&["call", "1", "--contact", "1", "--outcome", "unaware"]).ends(0);
    let output = desk.run_at("2026-11-24T09:25", &["step", "1", "search", "Mr Webb", "and two more"]).ends(0).out;
    assert_eq!(output, "Khan, Amira 8KM: search site 09:25, Mr Webb and two more.\n");
}

#[test]
fn a_search_is_opened_noted_upon_and_ended() {
    let desk = Desk::harrington();
    let (_, text) = refused(&desk, &["search", "4", "--note", "toilets, no"]);
    assert_eq!(text, "nobody looks for O’Neill-Smith, Zoë 8KM: open the search first, by the name alone");
    let output = desk.run(&["search", "4"]).ends(0).out;
    assert_eq!(output, "Looking for O’Neill-Smith, Zoë 8KM, last seen registration 08:50 with Mrs Kemp.\n");
    assert_eq!(refused(&desk, &["search", "4", "--last-seen", "gate"]).0, "done-already");
    let output = desk.run(&["search", "4", "--note", "toilets, no"]).ends(0).out;
    assert_eq!(output, "O’Neill-Smith, Zoë 8KM: toilets, no.\n");
    let output = desk.run(&["search", "4", "--found", "library"]).ends(0).out;
    assert_eq!(output, "O’Neill-Smith, Zoë 8KM found: library.\n");
    assert_eq!(refused(&desk, &["search", "4", "--escalated", "police"]).0, "done-already");
    let output = desk.run(&["search", "kofi"]).ends(0).out;
    assert_eq!(output, "Looking for Osei, Kofi 9BW, last seen by nobody today.\n");
    let output = desk.run(&["search", "kofi", "--escalated", "the police"]).ends(0).out;
    assert_eq!(output, "Osei, Kofi 9BW escalated: the police.\n");
    let output = desk.run(&["search", "amira", "--last-seen", "bus stop 08:20"]).ends(0).out;
    assert_eq!(output, "Looking for Khan, Amira 8KM, last seen bus stop 08:20.\n");
    desk.run(&["search", "amira", "--note", "x", "--found", "y"]).ends(2);
    assert_eq!(desk.run(&["searches", "--json"]).names(), ["Khan, Amira", "O’Neill-Smith, Zoë", "Osei, Kofi"]);
}

#[test]
fn a_sweep_says_of_each_whether_they_were_seen() {
    let desk = Desk::harrington();
    let output = desk.run(&["sweep", "8km", "--seen", "--not-seen", "amira khan", "7"]).ends(0).out;
    insta::assert_snapshot!(output, @r"
    Khan, Amira 8KM NOT seen, sweep of 8KM.
    Zoë[31m2J]0;x Mc Bad, Bea 8KM NOT seen, sweep of 8KM.
    O’Neill-Smith, Zoë 8KM seen, sweep of 8KM.
    Smith, Jo 8KM seen, sweep of 8KM.
    ");
    let (_, text) = refused(&desk, &["sweep", "8KM", "--seen", "kofi"]);
    assert_eq!(text, "nobody of 8KM is called “kofi”");
    let (_, text) = refused(&desk, &["sweep", "8KM", "--seen", "--not-seen"]);
    assert_eq!(text, "say by name who was seen, or who was not: the others are the rest");
    let (_, text) = refused(&desk, &["sweep", "8KM", "--seen", "4", "--not-seen", "4"]);
    assert_eq!(text, "O’Neill-Smith, Zoë 8KM is named twice");
    let (_, text) = refused(&desk, &["sweep", "8KM"]);
    assert_eq!(text, "say who of 8KM was seen, by --seen, and who was not, by --not-seen");
    let output = desk.run(&["sweep", "year", "8", "--seen"]).ends(0).out;
    assert_eq!(output.lines().count(), 2, "{output}");
    // One pupil, and where.
    let output = desk.run(&["sweep", "kofi", "9bw", "--not-seen", "--place", "library", "--json"]).ends(0).json();
    assert_eq!(output["says"], "Osei, Kofi 9BW NOT seen, library");
    let (_, text) = refused(&desk, &["sweep", "kofi", "--seen"]);
    assert_eq!(text, "say where they were looked for");
    desk.run(&["sweep", "kofi", "--seen", "--place", "library", "--at", "10:30"]).ends(1);
}

#[test]
fn a_contradiction_is_settled_as_proposed_or_left() {
    let desk = Desk::harrington();
    let (_, text) = refused(&desk, &["check", "4", "--accept"]);
    assert_eq!(text, "there is no such check about O’Neill-Smith, Zoë 8KM: firstbell checks lists those that are open");
    for pupil in ["kofi", "amira khan"] {
        desk.run(&["sweep", pupil, "--seen", "--place", "library"]).ends(0);
    }
    let kinds = |desk: &Desk| -> Vec<String> {
        let rows = desk.run(&["checks", "--json"]).rows().into_iter();
        rows.map(|row| format!("{} {}", row["forename"].as_str().unwrap(), row["puzzle"].as_str().unwrap())).collect()
    };
    assert_eq!(kinds(&desk), ["Amira absent-then-seen", "Kofi absent-then-seen"]);
    let proposed = desk.run(&["checks", "--json"]).rows().remove(0)["proposed"].clone();
    let output = desk.run(&["check", "amira khan", "absent-then-seen", "--accept", "--json"]).ends(0).json();
    assert_eq!(
        (output["done"].clone(), output["says"].as_str().unwrap().contains("Khan, Amira 8KM AM")),
        (json!(true), true)
    );
    assert!(proposed.is_string());
    let output = desk.run(&["check", "kofi", "--leave", "it was his brother"]).ends(0).out;
    assert_eq!(output, "Osei, Kofi 9BW, N, then seen: it was his brother.\n");
    assert_eq!(kinds(&desk), [""; 0]);
    desk.run(&["check", "kofi"]).ends(2);
    desk.run(&["check", "kofi", "ghost", "--accept"]).ends(2);
    desk.run(&["check", "kofi", "--accept", "--leave", "x"]).ends(2);
}

#[test]
fn marks_past_their_deadline_are_settled_and_no_others() {
    let desk = Desk::harrington();
    let later = "2026-12-07T10:00";
    let (word, text) = refused(&desk, &["ageing", "--settle"]);
    assert_eq!((word.as_str(), text.as_str()), ("forbidden", "no mark is past its deadline"));
    assert_eq!(desk.run_at(later, &["ageing", "--json"]).names().len(), 3);
    let output = desk.run_at(later, &["ageing", "--settle", "kofi"]).ends(0).out;
    assert_eq!(output, "1 mark settled to O: no reason found within 5 school days.\n");
    let output = desk.run_at(later, &["ageing", "kofi", "--settle", "--json"]).ends(1).json();
    assert_eq!(output["says"], "no mark of Osei, Kofi 9BW is past its deadline");
    let output =
        desk.run_at(later, &["ageing", "--settle", "--code", "G", "--reason", "away with the family"]).ends(0).out;
    assert_eq!(output, "2 marks settled to G: away with the family.\n");
    assert_eq!(desk.run_at(later, &["ageing", "--json"]).names(), [""; 0]);
    desk.run(&["ageing", "kofi"]).ends(2);
    desk.run(&["ageing", "--code", "O"]).ends(2);
}
