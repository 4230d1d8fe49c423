//! What an import changed in the marks of the record: said by it, by its trial, by the list of imports, and in the report of a folder.

use std::fs;

use serde_json::{Value, json};

use super::feeding::{feed, inbox};
use crate::support::*;

const FIRST: &str = "admission_no,date,session,code\n1,2026-11-23,AM,/\n4,2026-11-23,AM,N\n4,2026-11-23,PM,N\n";
const SECOND: &str = "admission_no,date,session,code\n1,2026-11-23,AM,/\n4,2026-11-23,AM,I\n4,2026-11-23,PM,\\\n";

fn told(answer: &Value) -> Vec<[Value; 5]> {
    let rows = answer["marks_changed"].as_array().unwrap();
    rows.iter().map(|one| ["admission_no", "date", "session", "was", "now"].map(|field| one[field].clone())).collect()
}

fn changed() -> Vec<[Value; 5]> {
    let mark = |code: &str| json!({"code": code, "minutes": null});
    let one = |session: &str, now: &str| [json!("4"), json!("2026-11-23"), json!(session), mark("N"), mark(now)];
    vec![one("AM", "I"), one("PM", "\\")]
}

#[test]
fn an_import_says_which_marks_it_changed_and_so_does_its_trial() {
    let desk = Desk::harrington();
    let first = desk.import("marks.csv", FIRST, &["--json"]).ends(0).json();
    assert_eq!(told(&first).len(), 0, "nothing stood there");
    let trial = desk.import("marks.csv", SECOND, &["--dry-run", "--json"]).ends(0).json();
    assert_eq!(told(&trial), changed());
    let text = desk.import("marks.csv", SECOND, &["--dry-run"]).ends(0).out;
    assert!(
        text.contains("In the record 2 marks would change:\n  4 ") && text.contains(", Mon 23 Nov AM: N → I.\n"),
        "{text}"
    );
    let text = desk.import("marks.csv", SECOND, &[]).ends(0).out;
    assert!(
        text.contains("In the record 2 marks changed:\n  4 ") && text.contains(", Mon 23 Nov PM: N → \\.\n"),
        "{text}"
    );
    let number = desk.run(&["imports", "--json"]).rows()[0]["act"].to_string();
    let shown = desk.run(&["imports", &number, "--json"]).ends(0);
    assert_eq!(told(&shown.rows()[0]), changed());
    let text = desk.run(&["imports", &number]).ends(0).out;
    assert!(text.contains("In the record 2 marks changed:\n  4 "), "{text}");
    let again = desk.import("marks.csv", SECOND, &["--json"]).ends(0).json();
    assert_eq!(told(&again).len(), 0);
}

#[test]
fn a_folder_says_how_many_and_its_report_which() {
    let desk = Desk::harrington();
    feed(&desk, "marks.csv", FIRST).ends(0);
    let said = feed(&desk, "marks.csv", SECOND).ends(0).out;
    assert!(!said.contains("N → I"), "{said}");
    let report = fs::read_to_string(inbox(&desk).join("done/marks-2.csv.report.txt")).unwrap();
    assert!(
        report.contains("In the record 2 marks changed:\n") && report.contains("Mon 23 Nov AM: N → I.\n"),
        "{report}"
    );
}

#[test]
fn rows_refused_for_one_reason_are_said_once_with_the_cure() {
    let desk = Desk::harrington();
    let rows: String = (1..=30).map(|n| format!("{},2026-11-23,AM,/,\n", 900 + n)).collect();
    let text = format!("Arbor Student ID,Date,Session,Mark,Minutes late\n{rows}");
    let output = desk.import("roll.csv", &text, &[]).ends(1);
    let says = "Refused: roll.csv, 30 rows (lines 2 to 31), pupil “arbor 901”, “arbor 902”, “arbor 903” and 27 others: no pupil on \
                the roll is known by Arbor's own number yet: import first a list from Arbor with the columns “Arbor Student ID” and \
                “Admission number” (or “UPN”); then this file again\n";
    assert!(output.out.contains(says), "{}", output.out);
    let rows = desk.import("roll.csv", &text, &["--json"]).json()["rejects"].as_array().unwrap().len();
    assert_eq!(rows, 30, "each row for programs");
}
