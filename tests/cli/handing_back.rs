//! `handback`: marks that go back to the system that they come from, until somebody confirms them.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::roles::staffed;
use crate::support::*;

/// Harrington High with a mark of yesterday that its system has told otherwise, and a late of today.
fn desk() -> Desk {
    let desk = staffed();
    desk.import("marks.csv", "admission_no,date,session,code\n1,2026-11-23,AM,N\n5,2026-11-23,AM,/\n", &[]).ends(0);
    desk.run(&["mark", "1", "I", "--date", "2026-11-23", "--session", "AM", "--reason", "mother rang"]).ends(0);
    desk.run(&["late", "kofi", "--at", "08:57"]).ends(0);
    desk
}

/// A printed text without its broken lines.
fn unbroken(text: &str) -> String {
    text.replace("\n  ", " ")
}

#[test]
fn marks_are_handed_back_until_a_person_confirms_them() {
    let desk = desk();
    let waiting = desk.run(&["handback", "waiting"]).ends(0).out;
    assert!(waiting.contains("2 marks to be handed back."), "{waiting}");
    assert!(
        waiting.contains("Khan, Amira, 8KM, Mon 23 Nov AM: was N, now I, mother rang (S Marsh, 24 Nov 09:20).\n"),
        "{waiting}"
    );
    let sheet = unbroken(&desk.run(&["handback"]).ends(0).out);
    assert!(sheet.starts_with("Hand-back 1: marks to be changed in the other system\n"), "{sheet}");
    assert!(
        sheet.contains("8KM: 1\n- [ ] 1 Khan, Amira 1, Mon 23 Nov: AM was N, now I: mother rang (S Marsh, 24"),
        "{sheet}"
    );
    assert!(sheet.contains("9BW: 1\n- [ ] 2 Osei, Kofi 3, Tue 24 Nov: AM was N, now L 17 min"), "{sheet}");
    assert!(sheet.contains("firstbell handback confirm 1"), "{sheet}");
    assert_eq!(unbroken(&desk.run(&["handback", "--as", "officer"]).ends(0).out), sheet, "the same, until then");
    let rows = desk.run(&["handback", "list", "--json"]).rows();
    assert_eq!((rows.len(), &rows[0]["waiting"], &rows[0]["form"]), (1, &json!(2), &json!("sheet")));

    let done = desk.run(&["handback", "confirm", "1", "--as", "officer"]).ends(0);
    assert_eq!(done.out, "Hand-back 1: 2 marks confirmed.\n");
    assert_eq!(desk.run(&["handback"]).ends(0).out, "Nothing waits to be handed back.\n");
    let again = desk.run(&["handback", "confirm", "1"]).ends(1);
    assert!(again.err.contains("2 marks were known to be there already"), "{}", again.err);
    assert_eq!(desk.run(&["handback", "list", "--json"]).rows()[0]["confirmed"], 2);
    let tape = desk.run(&["tape"]).ends(0).out;
    assert!(tape.contains("hand-back 1: 2 marks") && tape.contains("hand-back 1 confirmed"), "{tape}");
    desk.run(&["undo", "--as", "officer"]).ends(0);
    assert_eq!(desk.run(&["handback", "waiting", "--json"]).rows().len(), 2);

    desk.run(&["handback", "refuse", "1", "--rows", "2", "--reason", "locked there"]).ends(0);
    let rows = desk.run(&["handback", "waiting", "--json"]).rows();
    assert_eq!((&rows[0]["kept_out"], &rows[1]["kept_out"]), (&json!(null), &json!("locked there")));
    let shown = desk.run(&["handback", "show", "1"]).ends(0).out;
    assert!(shown.contains("1 waits: Khan, Amira") && shown.contains("2 refused: Osei, Kofi"), "{shown}");
    desk.run(&["handback", "confirm", "1", "--rows", "0"]).ends(2);
    desk.run(&["handback", "confirm", "1", "--rows", "9"]).ends(1);
    desk.run(&["handback", "show", "9"]).ends(1);
}

#[test]
fn sims_takes_what_it_has_a_number_for_and_the_rest_is_told() {
    let desk = desk();
    desk.import("ids.csv", "mis_id,admission_no,surname,forename\nsims 6101,1,Khan,Amira\n", &[]).ends(0);
    let file = desk.folder.path().join("sims.xml");
    let to = file.to_str().unwrap();
    desk.run(&["handback", "--form", "sims"]).ends(2);
    let out = desk.run(&["handback", "--form", "sims", "--to", to]).ends(0).out;
    assert!(out.starts_with(&format!("Hand-back 1: 1 mark in {to}.\n")), "{out}");
    assert!(
        out.contains("Not in it: Osei, Kofi, 9BW, Tue 24 Nov AM") && out.contains("has no number of SIMS"),
        "{out}"
    );
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(
        text,
        "<SessionAttendances><SessionAttendance><PersonID>6101</PersonID><AttendanceDate>2026-11-23</AttendanceDate>\
         <SessionName>AM</SessionName><AttendanceMark>I</AttendanceMark><Comments></Comments></SessionAttendance>\
         </SessionAttendances>"
    );
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // Another file is not written over, and nothing is put down for it.
    desk.run(&["handback", "--form", "csv", "--to", to]).ends(3);
    assert_eq!(
        (fs::read_to_string(&file).unwrap(), desk.run(&["handback", "list", "--json"]).rows().len()),
        (text.clone(), 1)
    );
    // What firstbell wrote is told by nobody, under whatever name, and whoever says so.
    fs::copy(&file, desk.folder.path().join("copy.xml")).unwrap();
    let copy = desk.folder.path().join("copy.xml");
    desk.run(&["import", copy.to_str().unwrap(), "--from-mis"]).ends(0);
    assert_eq!(desk.run(&["handback", "list", "--json"]).rows()[0]["held"], 0);
    // The other system has taken it: its file says so.
    fs::write(&copy, text.replace("></Comments>", ">keyed</Comments>")).unwrap();
    let import = desk.run(&["import", copy.to_str().unwrap()]).ends(0).out;
    assert!(import.contains("Marks of your information system: it need not be told them."), "{import}");
    assert_eq!(desk.run(&["handback", "list", "--json"]).rows()[0]["held"], 1);
    assert_eq!(desk.run(&["handback", "waiting", "--json"]).rows().len(), 1);
    // A plain table is its own no more, now that it is known by its own files; unless somebody says so.
    let plain = "admission_no,date,session,code\n5,2026-11-23,AM,O\n";
    let import = desk.import("marks2.csv", plain, &[]).ends(0).out;
    assert!(import.contains("Marks not of your information system"), "{import}");
    let waiting = desk.run(&["handback", "waiting"]).ends(0).out;
    assert!(waiting.contains(", Mon 23 Nov AM: was /, now O"), "{waiting}");
    let listed = desk.run(&["imports"]).ends(0).out;
    assert!(listed.contains("marks not of your system"), "{listed}");
}

#[test]
fn a_program_confirms_by_the_receipt() {
    let desk = desk();
    let [marks, receipt] = ["out.csv", "receipt.csv"].map(|name| desk.folder.path().join(name));
    let [to, back] = [&marks, &receipt].map(|path| path.to_str().unwrap());
    desk.run(&["handback", "--profile", "marks-long", "--to", to, "--receipt", back]).ends(0);
    assert_eq!(
        fs::read_to_string(&marks).unwrap(),
        "MIS ID,Adno,Unique pupil number,Session date,AM/PM,Mark,Minutes late\r\n,1,,2026-11-23,AM,I,\r\n,3,,2026-11-24,AM,L,17\r\n"
    );
    let written = fs::read_to_string(&receipt).unwrap();
    assert_eq!(
        written,
        "Hand-back,Made,Rows,From,To,Confirmed by,Confirmed at\r\nH-0001,2026-11-24T09:20:00Z,2,2026-11-23,2026-11-24,,\r\n"
    );
    let not = desk.run(&["handback", "confirm", "--receipt", back]).ends(2);
    assert!(not.err.contains("“Confirmed by” is empty"), "{}", not.err);
    fs::write(&receipt, written.replace(",2,", ",3,").replace(",,\r", ",MIS bridge,\r")).unwrap();
    let not = desk.run(&["handback", "confirm", "--receipt", back]).ends(2);
    assert!(not.err.contains("its “Rows” is not 2"), "{}", not.err);
    fs::write(&receipt, written.replace(",,\r", ",MIS bridge,2026-11-24T09:30:00Z\r")).unwrap();
    let done = desk.run(&["handback", "confirm", "--receipt", back]).ends(0);
    assert_eq!(done.out, "Hand-back 1: 2 marks confirmed by MIS bridge.\n");
    desk.run(&["handback", "confirm", "--receipt", back]).ends(1);
    // What was written is read as no change.
    let import = desk.run(&["import", to, "--json"]).ends(0).json();
    assert_eq!(import["rejects"], json!([]));
    assert_eq!(desk.run(&["handback", "waiting", "--json"]).rows().len(), 0);
}

#[test]
fn what_cannot_be_handed_back_is_said_once_and_no_file_is_left() {
    let desk = desk();
    let path = desk.folder.path().join("out.xml");
    let to = path.to_str().unwrap();
    let out = desk.run(&["handback", "--form", "sims", "--to", to]).ends(1);
    assert_eq!(
        out.err,
        "firstbell: nothing is handed back: 2 marks kept out (has no number of SIMS: import a report of it that has \
         “primary_id” beside the admission number)\n"
    );
    for (args, why) in [
        (&["--form", "sims", "--profile", "marks-long", "--to", to][..], "a profile is for a table"),
        (&["--form", "sheet", "--profile", "marks-long", "--to", to], "a profile is for a table"),
        (&["--form", "csv", "--to", "-"], "“-” is no file"),
        (&["--form", "csv", "--to", to, "--receipt", to], "two files"),
        (&["--comments"], "--comments goes with --form sims alone"),
        (&["--from", "2026-11-24", "--until", "2026-11-23"], "2026-11-24 is after 2026-11-23"),
        (&["waiting", "--from", "2026-11-24", "--until", "2026-11-23"], "2026-11-24 is after 2026-11-23"),
    ] {
        let all: Vec<&str> = ["handback"].iter().chain(args).copied().collect();
        let refused = desk.run(&all).ends(2);
        assert!(refused.err.contains(why), "{args:?}: {}", refused.err);
    }
    assert!(!path.exists() && !desk.folder.path().join("-").exists());
    assert_eq!(desk.run(&["handback", "list", "--json"]).rows().len(), 0, "nothing is put down");
    desk.import("ids.csv", "mis_id,admission_no,surname,forename\nsims 6101,1,Khan,Amira\n", &[]).ends(0);
    desk.run(&["handback", "--form", "sims", "--comments", "--to", to]).ends(0);
    assert!(fs::read_to_string(&path).unwrap().contains("<Comments>mother rang</Comments>"));
}

#[test]
fn a_day_s_two_marks_are_one_line_of_the_sheet_with_a_box_each() {
    let desk = desk();
    let day = ["--from", "2026-11-23", "--until", "2026-11-23"];
    let said = ["report-absence", "bilal", "--code", "I", "--by", "his mother", "--words", "a cold"];
    desk.run(&[&said[..], &day].concat()).ends(0);
    let sheet = unbroken(&desk.run(&["handback"]).ends(0).out);
    let line = "[ ] 3 Khan, Bilal 2, Mon 23 Nov: AM was blank, now I; [ ] 4 PM was blank, now I: a cold (S Marsh, 24 Nov 09:20)";
    assert!(sheet.contains(line), "{sheet}");
}
