//! `quarantine` and `leavers`: what files leave for somebody to answer.

use serde_json::json;

use crate::roles::staffed;
use crate::support::*;

const MARKS: &str = "admission_no,date,session,code,by\n\
                     1,2026-11-23,AM,7,Mrs Kemp\n\
                     4,2026-11-23,AM,7,\n\
                     4,2026-11-23,PM,q1,\n\
                     4,2026-11-20,AM,/,\n";

#[test]
fn a_mark_that_is_no_code_waits_until_a_lead_says_what_it_means() {
    let desk = staffed();
    let report = desk.import("marks.csv", MARKS, &["--json"]).ends(0).json();
    assert_eq!((&report["counts"]["quarantine"]["new"], &report["rejects"]), (&json!(3), &json!([])));
    let rows = desk.run(&["quarantine", "--json", "--as", "officer"]).rows();
    assert_eq!((&rows[0]["mark"], &rows[0]["waiting"], &rows[0]["pupils"]), (&json!("7"), &json!(2), &json!(2)));
    let first = &rows[0]["examples"][0];
    assert_eq!((&first["file"], &first["line"], &first["by"]), (&json!("marks.csv"), &json!(2), &json!("S Marsh")));
    let text = desk.run(&["quarantine"]).ends(0).out;
    assert!(
        text.contains("“7”: 2 marks of 2 pupils, 23 Nov 2026.\n") && text.contains("“q1”: 1 mark of 1 pupil"),
        "{text}"
    );

    let refused = desk.run(&["quarantine", "map", "7", "I", "--as", "officer"]).ends(1);
    assert!(refused.err.contains("saying what marks of files mean is for a lead"), "{}", refused.err);
    let mapped = desk.run(&["quarantine", "map", "7", "I", "--as", "lead"]).ends(0);
    assert_eq!(mapped.out, "“7” in files is I from now on: 2 marks released.\n");
    let marks = desk.ask("SELECT code FROM mark WHERE date = '2026-11-23' AND session = 'AM' AND pupil IN (1, 4)");
    assert_eq!(marks.concat(), [Some("I".to_owned()), Some("I".to_owned())]);
    assert_eq!(desk.run(&["quarantine", "meanings", "--json"]).rows()[0]["by"], "L Lead");
    let again = desk.import("marks.csv", MARKS, &["--json"]).ends(0).json();
    assert_eq!((&again["act"], &again["counts"]["marks"]["same"]), (&json!(null), &json!(3)));
    let says = again["warnings"].to_string();
    assert!(says.contains("“7” is read as I, as “firstbell quarantine map” has it: 2 marks"), "{says}");
    let dropped = desk.run(&["quarantine", "drop", "q1", "--reason", "a slip"]).ends(0);
    assert_eq!(dropped.out, "1 mark “q1” dropped: a slip.\n");
    assert!(desk.run(&["quarantine"]).ends(0).out.contains("No mark of a file waits."));
}

#[test]
fn whoever_the_export_does_not_name_has_left_or_stays() {
    let desk = staffed();
    let rows = desk.ask(
        "SELECT admission_no || ',' || surname || ',' || forename FROM pupil WHERE admission_no NOT IN ('1', '4')",
    );
    let rows: Vec<String> = rows.concat().into_iter().flatten().collect();
    let file = format!("admission_no,surname,forename\n{}\n", rows.join("\n"));
    let report = desk.import("pupils.csv", &file, &["--json"]).ends(0).json();
    assert_eq!(report["counts"]["missing"]["new"], 2);
    let numbers = |desk: &Desk| -> Vec<String> {
        let rows = desk.run(&["leavers", "--json"]).rows();
        rows.iter().map(|row| row["admission_no"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&desk), ["1", "4"]);
    assert!(desk.run(&["leavers"]).ends(0).out.contains(&format!("(import {})", report["act"])));
    desk.run(&["leavers", "confirm", "1"]).ends(2);
    let other = desk.run(&["leavers", "confirm", "1", "2", "--on", "2026-11-20"]).ends(1).err;
    assert!(other.contains("is not one of those who were not in the last export"), "{other}");
    assert_eq!(numbers(&desk), ["1", "4"], "nobody is taken off where one of them was not asked about");
    desk.run(&["leavers", "confirm", "1", "--on", "2026-11-20", "--to", "Hill School"]).ends(0);
    assert_eq!(numbers(&desk), ["4"]);
    desk.run(&["leavers", "confirm", "4", "--stay"]).ends(0);
    assert_eq!(numbers(&desk), [""; 0]);
    assert_eq!(desk.import("pupils.csv", &file, &["--json"]).ends(0).json()["act"], json!(null));
}
