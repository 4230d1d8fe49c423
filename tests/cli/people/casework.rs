//! Cases and case files by command: from the first letter to a penalty notice, and the chronology of it all.

use serde_json::Value;

use crate::roles::staffed;
use crate::support::*;

/// Ten sessions of O in the week before.
fn absent_for_a_week(desk: &Desk) {
    let mut marks = "admission_no,date,session,code\n".to_owned();
    for day in 16..=20 {
        marks += &format!("1,2026-11-{day},AM,O\n1,2026-11-{day},PM,O\n");
    }
    marks += "1,2026-11-23,AM,/\n1,2026-11-23,PM,\\\n";
    desk.import("marks.csv", &marks, &[]).ends(0);
}

/// What is said when it is done.
fn done(desk: &Desk, args: &[&str]) -> String {
    desk.run(&[&["case"], args].concat()).ends(0).out.trim_end().trim_end_matches('.').to_owned()
}

fn refused(desk: &Desk, args: &[&str]) -> String {
    let output = desk.run(&[&["case"], args].concat()).ends(1);
    output.err.trim_end().trim_start_matches("firstbell: ").to_owned()
}

fn lines(desk: &Desk) -> Vec<Value> {
    desk.run(&["chronology", "1", "--from", "2026-11-16", "--json"]).ends(0).rows()
}

/// The act of the one line whose words have this.
fn act(desk: &Desk, words: &str) -> String {
    let found: Vec<Value> =
        lines(desk).into_iter().filter(|line| line["what"].as_str().unwrap().contains(words)).collect();
    assert_eq!(found.len(), 1, "{words}: {found:?}");
    found[0]["act"].to_string()
}

#[test]
fn a_case_goes_from_the_first_letter_to_a_penalty_notice() {
    let desk = Desk::harrington();
    absent_for_a_week(&desk);
    let opened = done(&desk, &["open", "1", "--why", "below 90 %", "--from", "trigger", "--of", "persistent"]);
    assert_eq!(opened, "Khan, Amira 8KM: case opened at Concern, for S Marsh");
    let again = refused(&desk, &["open", "1", "--why", "again"]);
    assert_eq!(again, "Khan, Amira 8KM has a case that is open since Tue 24 Nov 2026, at Concern: S Marsh sees to it");
    done(
        &desk,
        &["add", "contact", "1", "--way", "letter", "--with", "1", "--on", "2026-11-17", "--words", "below 90 %"],
    );
    let moved = done(&desk, &["stage", "1", "panel"]);
    assert_eq!(moved, "Khan, Amira 8KM: the case is at Panel; not done before: meeting, home visit");
    let agreed = "see the GP / Mrs Khan / 2026-11-23";
    let minutes = ["--minutes", "tired in the morning", "--agreed", agreed, "--present", "Mrs Khan, Mr Webb"];
    let meeting =
        done(&desk, &[&["add", "meeting", "1", "--kind", "panel", "--on", "2026-11-19"], &minutes[..]].concat());
    assert_eq!(meeting, "Khan, Amira 8KM: meeting, 1 action agreed");
    let visit = ["add", "visit", "1", "--purpose", "persistent", "--left", "08:30", "--due-back", "09:15"];
    let visit = done(&desk, &visit);
    assert_eq!(visit, "Khan, Amira 8KM: home visit, due back 09:15: the first visit to a family is made by two");

    let list = desk.run(&["case"]).ends(0).out;
    assert!(list.contains("1 pupil, 2 overdue."), "{list}");
    assert!(list.contains("Khan, Amira, 8KM: Panel since 2026-11-24, owner S Marsh."), "{list}");
    assert!(list.contains("OVERDUE 2026-11-24 09:15: back from the home visit, S Marsh, act "), "{list}");
    assert!(list.contains("OVERDUE 2026-11-23: see the GP, Mrs Khan, act "), "{list}");
    done(&desk, &["end", "visit", "1", "seen-well", "--seen", "--spoken-to", "--met", "Mr Khan", "--back", "09:10"]);
    done(&desk, &["end", "action", "1", "1"]);
    assert!(desk.run(&["case", "list", "--overdue"]).ends(0).out.contains("No case is open."));
    assert_eq!(
        refused(&desk, &["end", "visit", "1", "moved"]),
        "Khan, Amira 8KM has no home visit that this could be about"
    );

    // Six school weeks: half-term would be none, but this calendar has none.
    let notice = done(&desk, &["add", "improvement", "1", "--parent", "1", "--start", "2026-10-12"]);
    assert_eq!(notice, "Khan, Amira 8KM: notice to improve of Mrs Khan, until Fri 20 Nov 2026");
    let beyond = refused(&desk, &["add", "improvement", "1", "--parent", "1", "--start", "2026-11-30"]);
    assert_eq!(beyond, "the calendar ends before the notice does: bring in the terms that follow first");
    done(&desk, &["end", "improvement", "1", "not-met", "--words", "10 sessions since"]);

    let penalty = |parent| ["add", "penalty", "1", "--parent", parent, "--from", "2026-11-16", "--until", "2026-11-23"];
    let first = "the first in three years: £80 within 21 days, £160 within 28; 10 sessions locked";
    assert_eq!(done(&desk, &penalty("1")), format!("Khan, Amira 8KM: penalty notice of Mrs Khan, {first}"));
    let none = "no session of G, O or U from 2026-11-16 to 2026-11-23 is free for a notice";
    assert_eq!(refused(&desk, &penalty("mrs khan")), none);
    // Each parent has their own, for the same sessions.
    assert_eq!(done(&desk, &penalty("2")), format!("Khan, Amira 8KM: penalty notice of Mr Khan, {first}"));
    let show = desk.run(&["case", "show", "1", "--json"]).ends(0).rows().remove(0);
    assert_eq!(show["locked"].as_array().unwrap().len(), 10);
    assert_eq!(show["cases"][0]["stage"], "Panel");
    done(&desk, &["close", "1", "handed-on", "--why", "the authority has it"]);
    assert!(refused(&desk, &["owner", "1", "Mr Webb"]).contains("was closed on Tue 24 Nov 2026: open another"));

    let lines = lines(&desk);
    let kinds: Vec<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "absence").count(), 2, "{lines:#?}");
    assert_eq!(lines[0]["what"], "absent 10 sessions, AM until Fri 20 Nov 2026 PM: O 10");
    for kind in ["case", "contact", "meeting", "visit", "penalty", "improvement"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    let acts = desk.ask("SELECT id FROM act").concat();
    assert!(lines.iter().all(|line| acts.contains(&Some(line["act"].to_string()))), "each line has its source");
    let text = desk.run(&["chronology", "1", "--from", "2026-11-17", "--to", "2026-11-17"]).ends(0).out;
    assert!(text.contains("2026-11-17, with Mrs Khan: letter: below 90 %, by S Marsh, act "), "{text}");
}

#[test]
fn what_was_undone_leaves_the_chronology_with_a_line_that_says_so() {
    let desk = Desk::harrington();
    done(&desk, &["add", "contact", "1", "--way", "letter", "--with", "Ms Adeyemi", "--words", "to the wrong house"]);
    let letter = act(&desk, "letter: to the wrong house");
    desk.run(&["undo"]).ends(0);
    act(&desk, &format!("taken back: contact, act {letter}"));
    assert!(!desk.run(&["chronology", "1"]).ends(0).out.contains("wrong house"));
    desk.run(&["redo"]).ends(0);
    assert_eq!(act(&desk, "letter: to the wrong house"), letter);
    // What rests on an event is taken back before it.
    done(
        &desk,
        &["add", "leave", "1", "--from", "2026-12-01", "--until", "2026-12-03", "--by", "1", "--reason", "a wedding"],
    );
    let leave = act(&desk, "leave asked for");
    let all = done(&desk, &["end", "leave", "1", "granted", "--reason", "family", "--by", "Mrs Head"]);
    assert_eq!(all, "Khan, Amira 8KM: leave granted for 3 school days by Mrs Head: family; C on 3 days");
    let refused = desk.run(&["undo", &leave]).ends(1).err;
    assert!(refused.contains("what became of it stands: take that back first"), "{refused}");
    desk.run(&["undo"]).ends(0);
    desk.run(&["case", "end", "leave", "1", "granted", "--days", "4", "--reason", "family"]).ends(1);
    desk.run(&["undo", &leave]).ends(0);
    assert!(desk.run(&["case"]).ends(0).out.contains("No case is open."));
}

#[test]
fn a_notice_is_for_a_lead_and_a_reader_sees_the_stage_alone() {
    let desk = staffed();
    absent_for_a_week(&desk);
    let run = |login: &str, args: &[&str]| desk.run(&[&["--as", login], args].concat());
    run("officer", &["case", "open", "1", "--why", "a private matter", "--on", "2026-11-27", "--next", "ring"]).ends(0);
    let refused = run("officer", &["case", "add", "penalty", "1", "--parent", "1"]).ends(1).err;
    assert!(refused.contains("“put something into a case file” is for a lead"), "{refused}");
    run("lead", &["case", "add", "penalty", "1", "--parent", "1"]).ends(0);
    let row = run("reader", &["case", "--json"]).ends(0).rows().remove(0);
    assert_eq!((&row["stage"], &row["case"], &row["due"]), (&"Concern".into(), &Value::Null, &serde_json::json!([])));
    for args in [&["case", "show", "1"][..], &["chronology", "1"], &["case", "close", "1", "other"]] {
        run("reader", args).ends(1);
    }
    let tape = run("reader", &["tape"]).ends(0).out;
    assert!(tape.contains("entry in the case file of Khan, Amira 8KM"), "{tape}");
    assert!(!tape.contains("private") && !tape.contains("enalty"), "{tape}");
    // The owner's name finds nothing for who may not know it.
    assert!(run("officer", &["case", "list", "--owner", "nobody"]).ends(0).out.contains("No case is open."));
    assert!(run("reader", &["case", "list", "--owner", "nobody"]).ends(0).out.contains("Concern"));
}

#[test]
fn sessions_at_n_are_settled_before_a_notice() {
    let desk = Desk::harrington();
    let penalty = ["add", "penalty", "1", "--parent", "1", "--from", "2026-11-23", "--until", "2026-11-24"];
    assert_eq!(refused(&desk, &penalty), "1 session at N from 2026-11-23 to 2026-11-24: settle them first");
    let none = refused(&desk, &["end", "penalty", "1", "unpaid"]);
    assert_eq!(none, "Khan, Amira 8KM has no penalty notice that this could be about");
}
