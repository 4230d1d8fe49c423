//! The plain archive: two records that say the same have the same.

use super::{archived, at, files, made_up};
use crate::support::*;

#[test]
fn what_came_and_went_leaves_the_plain_archive_as_it_was() {
    let desk = Desk::harrington();
    let db = desk.db.to_str().unwrap();
    let before = archived(&desk, db, "before.zip", &["--plain"]);
    assert!(before == archived(&desk, db, "again.zip", &["--plain"]), "that it was written is not in it");
    let marks = "admission_no,date,session,code\n2,2026-11-23,AM,I\n3,2026-11-23,AM,/\n";
    desk.import("marks.csv", marks, &[]).ends(0);
    let import = desk.ask("SELECT max(id) FROM act")[0][0].clone().unwrap();
    assert!(before != archived(&desk, db, "changed.zip", &["--plain"]));
    desk.run(&["undo", &import]).ends(0);
    assert!(before == archived(&desk, db, "after.zip", &["--plain"]), "an import that was taken back");
    desk.run(&["mark", "bilal", "I", "--reason", "rang"]).ends(0);
    desk.run(&["undo"]).ends(0);
    let after = files(&at(&desk, "after.zip").0);
    let now = archived(&desk, db, "now.zip", &["--plain"]);
    assert_eq!(files(&at(&desk, "now.zip").0), after);
    assert!(before == now);
}

#[test]
fn pupils_are_named_by_their_number_and_nothing_says_who_or_when() {
    let (desk, db) = made_up();
    archived(&desk, &db, "plain.zip", &["--plain"]);
    let files = files(&at(&desk, "plain.zip").0);
    let number = desk.ask("SELECT admission_no FROM pupil WHERE id = 1")[0][0].clone().unwrap();
    assert!(files["marks.jsonl"].contains(&format!(r#""pupil":"{number}""#)));
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".jsonl")) {
        for column in ["id", "act", "withdrawn", "instant", "who", "desk", "login"] {
            // Who is to do what a meeting agreed is a part of what it agreed.
            if (name.as_str(), column) == ("case-actions.jsonl", "who") {
                continue;
            }
            assert!(!text.contains(&format!("\"{column}\":")), "{name} has {column}");
        }
    }
    assert!(!files.contains_key("journal.jsonl") && !files.contains_key("disclosures.jsonl"));
    let about: serde_json::Value = serde_json::from_str(&files["archive.json"]).unwrap();
    assert_eq!((&about["scope"], about["school"].is_null()), (&"plain".into(), true));
}
