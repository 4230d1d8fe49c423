//! What was done is taken back, and done again.

use crate::support::*;

#[test]
fn undo_walks_back_through_the_officers_own_acts_of_today() {
    let desk = Desk::harrington();
    desk.run_at("2026-11-23T10:00", &["watch", "add", "kofi", "--reason", "yesterday's"]).ends(0);
    desk.run(&["late", "amira", "--at", "08:57"]).ends(0);
    desk.run(&["late", "bilal", "--at", "09:00"]).ends(0);
    let output = desk.run(&["undo"]).ends(0);
    insta::assert_snapshot!(output.out, @"Arrival of Khan, Bilal 10DP at 09:00 undone.");
    assert!(desk.run(&["undo"]).ends(0).out.contains("Khan, Amira"));
    let output = desk.run(&["undo", "--json"]).ends(1);
    assert_eq!(output.json()["refused"], "cannot-undo");
    insta::assert_snapshot!(output.err, @"firstbell: S Marsh has done nothing at this desk today that could be taken back");
    assert_eq!(desk.run(&["lates", "--json"]).names(), ["Smith, Jo"]);
    assert_eq!(desk.run(&["watch", "--json"]).names(), ["Osei, Kofi"]);
}

#[test]
fn redo_walks_forward_again_until_something_else_is_done() {
    let desk = Desk::harrington();
    desk.run(&["late", "amira", "--at", "08:57"]).ends(0);
    desk.run(&["late", "bilal", "--at", "09:00"]).ends(0);
    let output = desk.run(&["redo", "--json"]).ends(1);
    assert_eq!(output.json()["refused"], "cannot-undo");
    insta::assert_snapshot!(output.err, @"firstbell: S Marsh has taken nothing back at this desk since the last act that could be done again");
    desk.run(&["undo"]).ends(0);
    desk.run(&["undo"]).ends(0);
    insta::assert_snapshot!(desk.run(&["redo"]).ends(0).out, @"Arrival of Khan, Amira 8KM at 08:57 done again.");
    insta::assert_snapshot!(desk.run(&["redo"]).ends(0).out, @"Arrival of Khan, Bilal 10DP at 09:00 done again.");
    desk.run(&["redo"]).ends(1);
    // What was done again is taken back like anything else.
    assert!(desk.run(&["undo"]).ends(0).out.contains("Khan, Bilal"));
    desk.run(&["watch", "add", "kofi", "--reason", "quiet"]).ends(0);
    desk.run(&["redo"]).ends(1);
    // The journal is appended to, and every undo and redo is in it.
    assert_eq!(
        desk.run(&["tape", "--json"]).rows().iter().filter(|row| !row["says"].as_str().unwrap().contains(':')).count(),
        3
    );
}

#[test]
fn any_act_is_taken_back_by_its_number_and_the_set_up_only_so() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("settings.toml");
    let settings = desk.run(&["settings"]).ends(0).out;
    std::fs::write(&file, settings.replace("closes = \"09:10\"", "closes = \"09:15\"")).unwrap();
    let number = desk.run(&["settings", file.to_str().unwrap(), "--json"]).ends(0).json()["act"].to_string();
    assert_eq!(desk.run(&["undo", "--json"]).ends(1).json()["refused"], "cannot-undo");
    let text = with_own_login(&desk.run(&["history", "settings"]).ends(0).out);
    insta::assert_snapshot!(text, @r"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. 2 changes of the set-up.
    2026-11-24 09:20, act 4, S Marsh (own): settings: times.usual.am.closes: 09:10 → 09:15.
    2026-09-01 09:00, act 1, J Ito (test): import of school.csv: staff: 3 new, tutor groups: 3 new, pupils: 7 new, contacts: 2 new, flags: 2 new, calendar: 2 new.
      closed 2026-11-27: none → inset, staff training
      term from 2026-09-01: none → Autumn, until 2026-12-18
    ");
    let changed = desk.run(&["history", "settings", "--json"]).rows().remove(0);
    assert_eq!(changed["changes"], serde_json::json!(["times.usual.am.closes: 09:10 → 09:15"]));
    let output = desk.run(&["undo", &number]).ends(0);
    insta::assert_snapshot!(output.out, @"Settings: times.usual.am.closes: 09:10 → 09:15 undone.");
    assert_eq!(desk.run(&["settings"]).ends(0).out, settings);
    insta::assert_snapshot!(desk.run(&["undo", &number]).ends(1).err, @"firstbell: that was taken back already at 09:20 by S Marsh");
    assert_eq!(desk.run(&["history", "settings", "--from", "2026-11-24"]).ends(0).out.matches("act ").count(), 2);
    // The same settings again are no change.
    let acts = desk.ask("SELECT count(*) FROM act");
    assert_eq!(desk.run(&["settings", file.to_str().unwrap()]).ends(0).exit, 0);
    std::fs::write(&file, desk.run(&["settings"]).out).unwrap();
    let again = desk.run(&["settings", file.to_str().unwrap()]).ends(0).out;
    assert!(again.starts_with("Nothing was changed.\n"), "{again}");
    assert_ne!(desk.ask("SELECT count(*) FROM act"), acts);
}
