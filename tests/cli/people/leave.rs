//! Leave by command: what is decided sets the codes of its days, and the day the pupil should be back is watched.

use crate::support::*;

fn ask(desk: &Desk, more: &[&str]) {
    let dates = ["--from", "2026-11-24", "--until", "2026-11-27", "--by", "Mrs Khan", "--reason", "a wedding"];
    desk.run(&[&["case", "add", "leave", "1"], &dates[..], more].concat()).ends(0);
}

fn codes(desk: &Desk, pupil: &str) -> Vec<String> {
    let rows = desk.ask(&format!(
        "SELECT date || ' ' || session || ' ' || code FROM mark
         WHERE pupil = {pupil} AND date >= '2026-11-24' AND code IS NOT NULL ORDER BY date, session"
    ));
    rows.concat().into_iter().flatten().collect()
}

fn decide(desk: &Desk, args: &[&str]) -> String {
    desk.run(&[&["case", "end", "leave"], args, &["--reason", "family"]].concat()).ends(0).out
}

#[test]
fn granted_days_are_c_and_refused_ones_g_until_that_is_taken_back() {
    let desk = Desk::harrington();
    let before = codes(&desk, "1");
    ask(&desk, &[]);
    let says = decide(&desk, &["1", "granted", "--days", "2", "--by", "Mrs Head"]);
    assert!(says.contains("leave granted for 2 school days by Mrs Head: family; C on 2 days; G on 1 day"), "{says}");
    let evidence =
        "SELECT first_day || ' ' || code FROM evidence WHERE kind = 'plan' AND withdrawn IS NULL ORDER BY first_day";
    let held: Vec<String> = desk.ask(evidence).concat().into_iter().flatten().collect();
    assert_eq!(held, ["2026-11-24 C", "2026-11-25 C", "2026-11-26 G"]);
    // The register of this morning found the pupil absent without a reason: now it has one.
    assert!(codes(&desk, "1").iter().any(|one| one == "2026-11-24 AM C"), "{:?}", codes(&desk, "1"));
    desk.run(&["undo"]).ends(0);
    assert_eq!(codes(&desk, "1"), before);
    assert_eq!(desk.ask(evidence).len(), 0);
    desk.run(&["redo"]).ends(0);
    assert_eq!(desk.ask(evidence).len(), 3);
}

#[test]
fn named_days_are_granted_and_what_was_told_before_is_said() {
    let desk = Desk::harrington();
    desk.run(&["report-absence", "1", "--code", "I", "--when", "tomorrow", "--by", "Mr Khan", "--words", "ill"])
        .ends(0);
    ask(&desk, &[]);
    let none = desk.run(&["case", "end", "leave", "1", "granted", "--day", "2026-11-28", "--reason", "x"]).ends(1).err;
    assert!(none.contains("Sat 28 Nov 2026 is no school day of the leave"), "{none}");
    let says = decide(&desk, &["1", "granted", "--day", "2026-11-26"]);
    assert!(says.contains("C on 1 day; G on 2 days"), "{says}");
    assert!(says.contains("But told otherwise before: I by Mr Khan on Wed 25 Nov"), "{says}");
}

#[test]
fn days_that_are_past_keep_what_was_found() {
    let desk = Desk::harrington();
    desk.import("marks.csv", "admission_no,date,session,code\n1,2026-11-23,AM,O\n1,2026-11-23,PM,O\n", &[]).ends(0);
    let dates = ["--from", "2026-11-23", "--until", "2026-11-25", "--by", "1", "--reason", "a wedding"];
    desk.run(&[&["case", "add", "leave", "1"], &dates[..]].concat()).ends(0);
    let says = decide(&desk, &["1", "refused"]);
    assert!(says.contains("G on 2 days; 1 day past already as found"), "{says}");
    let monday = "SELECT DISTINCT code FROM mark WHERE pupil = 1 AND date = '2026-11-23'";
    assert_eq!(desk.ask(monday).concat(), [Some("O".to_owned())]);
}

#[test]
fn each_sibling_has_a_request_and_a_decision_of_their_own() {
    let desk = Desk::harrington();
    ask(&desk, &["--sibling", "2"]);
    assert_eq!(desk.ask("SELECT pupil FROM leave_request ORDER BY pupil").len(), 2);
    decide(&desk, &["1", "granted"]);
    decide(&desk, &["2", "refused"]);
    let evidence = "SELECT DISTINCT pupil || ' ' || code FROM evidence WHERE kind = 'plan' ORDER BY pupil";
    let held: Vec<String> = desk.ask(evidence).concat().into_iter().flatten().collect();
    assert_eq!(held, ["1 C", "2 G"]);
}

#[test]
fn the_day_the_pupil_should_be_back_is_watched() {
    let desk = Desk::harrington();
    ask(&desk, &[]);
    decide(&desk, &["1", "granted"]);
    let due = |now: &str| desk.run_at(now, &["case", "list", "--overdue"]).ends(0).out;
    assert!(desk.run(&["case"]).ends(0).out.contains("due 2026-11-30: should be back from leave"));
    assert!(!due(NOW).contains("should be back"));
    let later = due("2026-12-01T09:20");
    assert!(later.contains("OVERDUE 2026-11-30: should be back from leave"), "{later}");
    desk.import_at("2026-12-01T09:20", "back.csv", "admission_no,date,session,code\n1,2026-11-30,AM,/\n", &[]).ends(0);
    assert!(!due("2026-12-01T09:20").contains("should be back"));
}
