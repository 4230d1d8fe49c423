//! `imports`: what was brought in, by whom, what came of it; one of them whole.

use serde_json::json;

use crate::roles::staffed;
use crate::support::*;

const PUPILS: &str = "admission_no,upn,surname,forename,tutor_group,shoe\n\
                      4127,X123,Ash,Ned,7CK,4\n\
                      4128,,,,7CK,4\n";

#[test]
fn imports_are_listed_and_one_is_shown_whole() {
    let desk = staffed();
    let report = desk.import("pupils.csv", PUPILS, &["--json"]).ends(0).json();
    let act = report["act"].to_string();
    let refused = report["rejects"].as_array().unwrap().len();
    let rows = desk.run(&["imports", "--json"]).rows();
    assert_eq!(rows.len(), 2, "the first of all, and this");
    assert_eq!((rows[0]["act"].to_string(), &rows[0]["files"]), (act.clone(), &json!(["pupils.csv"])));
    assert_eq!(rows[0]["counted"], json!(["tutor groups: 1 new", "pupils: 1 new"]));
    assert_eq!((&rows[0]["refused"], &rows[0]["can_undo"]), (&json!(refused), &json!(true)));
    assert_eq!((&rows[0]["by"], &rows[0]["taken_back"]), (&json!("S Marsh"), &json!(null)));

    let shown = desk.run(&["imports", &act, "--json"]).rows().remove(0);
    assert_eq!((&shown["rejects"], &shown["warnings"]), (&report["rejects"], &report["warnings"]));
    assert_eq!(shown["changes"], report["changes"]);
    let text = desk.run(&["imports", &act]).ends(0).out;
    assert!(
        text.contains("pupils.csv line 3") && text.contains(&format!("Taken back by: firstbell undo {act}\n")),
        "{text}"
    );

    desk.run(&["undo", &act, "--as", "lead"]).ends(0);
    let rows = desk.run(&["imports", "--json"]).rows();
    assert!(rows[0]["taken_back"].as_str().unwrap().ends_with("by L Lead"), "{}", rows[0]);
    let text = desk.run(&["imports", &act]).ends(0).out;
    assert!(text.contains("taken back") && !text.contains("firstbell undo"), "{text}");
    assert_eq!(desk.run(&["imports", "99999", "--json"]).ends(1).json()["says"], "there is no such import");
}

#[test]
fn of_a_contact_s_number_that_was_refused_nothing_is_kept() {
    let desk = Desk::harrington();
    let long = "0".repeat(300);
    let contacts = format!(
        "admission_no,order,name,relationship,phone\n1,1,Mrs Khan,mother,07700 900310 {long}\n3,1,Mrs Hall,mother,07700 900999\n"
    );
    let report = desk.import("contacts.csv", &contacts, &["--json"]).ends(0).json();
    let shown = desk.run(&["imports", &report["act"].to_string(), "--json"]).ends(0).out;
    assert!(!shown.contains("900310"), "{shown}");
    let kept = desk.ask("SELECT heading, value FROM import_note");
    assert!(kept.iter().flatten().flatten().all(|text| !text.contains("07700")), "{kept:?}");
}
