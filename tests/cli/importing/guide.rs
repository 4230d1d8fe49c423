//! A new file taught by a file of answers.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::support::*;

const TABLE: &str = "Ref,Pupil,Day,Half,Sign,Carer mobile\n1,\"Khan, Amira\",03/11/2026,AM,/,07700 900001\n\
                     2,\"Khan, Bilal\",04/11/2026,AM,H9,07700 900002\n1,\"Khan, Amira\",04/11/2026,PM,\\,07700 900001\n";
const ANSWERS: &str = "name = 'our-tracker'\nwhat = 'marks of our tracker'\nfile = 'marks'\nfrom-mis = false\n[columns]\nRef = 'admission_no'\n\
                       Day = 'date day-first'\n[codes]\nH9 = 'I'\n";

fn teach(desk: &Desk, answers: &str, more: &[&str]) -> CommandOutput {
    let [table, answered] = ["tracker.csv", "answers.toml"].map(|name| desk.folder.path().join(name));
    fs::write(&table, TABLE).unwrap();
    fs::write(&answered, answers).unwrap();
    let args = ["profile", table.to_str().unwrap(), "--answers", answered.to_str().unwrap()];
    desk.run(&[&args[..], more].concat())
}

#[test]
fn a_new_file_is_taught_saved_and_read() {
    let desk = Desk::harrington();
    let dry = teach(&desk, ANSWERS, &["--dry-run"]).ends(0);
    assert!(dry.out.contains("Nothing was saved.") && dry.out.contains("3 marks of 2 pupils"), "{}", dry.out);
    let saved = desk.db.with_file_name("profiles").join("our-tracker.toml");
    assert!(!saved.exists());
    let taught = teach(&desk, ANSWERS, &["--json"]).ends(0).rows();
    assert_eq!(taught[0]["saved"], json!(saved.to_str().unwrap()));
    assert_eq!((&taught[0]["brings"], &taught[0]["refused"]), (&json!(["3 marks of 2 pupils"]), &json!(0)));
    assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600);
    let again = teach(&desk, ANSWERS, &[]).ends(1);
    assert!(again.err.contains("there is a profile our-tracker already"), "{}", again.err);
    teach(&desk, &format!("replace = true\n{ANSWERS}"), &[]).ends(0);
    let next = "Ref,Pupil,Day,Half,Sign,Carer mobile\n2,\"Khan, Bilal\",05/11/2026,AM,H9,\n";
    let read = desk.import("next.csv", next, &["--dry-run"]);
    assert!(
        read.out.contains("next.csv is read as marks of our tracker (profile our-tracker)"),
        "{}{}",
        read.out,
        read.err
    );
}

#[test]
fn what_is_not_answered_is_asked_and_nothing_is_saved() {
    let desk = Desk::harrington();
    let path = desk.folder.path().join("tracker.csv");
    fs::write(&path, TABLE).unwrap();
    let path = path.to_str().unwrap();
    let asked = desk.run(&["profile", path, "--propose"]).ends(0).out;
    let asks = "Which comes first in “Day”, the day or the month? date day-first, date month-first, left-out.";
    assert!(asked.contains(asks), "{asked}");
    let open = teach(&desk, "file = 'marks'\n[columns]\nRef = 'admission_no'\n", &[]).ends(1);
    assert!(open.err.contains("no answer yet for Day, mark “H9”"), "{}", open.err);
    assert!(!desk.db.with_file_name("profiles").exists());
    let refused = teach(&desk, "file = 'marks'\n[columns]\nDay = 'date'\n", &[]).ends(2);
    assert!(
        refused.err.contains("the column “Day” cannot be “date”: date day-first, date month-first"),
        "{}",
        refused.err
    );
    let rows = desk.run(&["profile", path, "--json"]).ends(0).rows();
    assert_eq!((&rows[0]["about"], &rows[0]["settled"]), (&json!("file"), &json!("marks")), "{rows:?}");
    assert!(!format!("{rows:?}").contains("900001"));
    let own = desk.folder.path().join("own.csv");
    fs::write(&own, "admission_no,surname,forename\n1,Khan,Amira\n").unwrap();
    let own = desk.run(&["profile", own.to_str().unwrap(), "--propose"]).ends(3).err;
    assert!(own.contains("has firstbell's own headings of pupils, and needs no profile"), "{own}");
    let screen = desk.run(&["profile", path]).ends(2).err;
    assert!(screen.contains("the screen needs a terminal"), "{screen}");
}

#[test]
fn a_second_profile_of_the_same_headings_is_not_kept_and_two_are_not_read() {
    let desk = Desk::harrington();
    teach(&desk, ANSWERS, &[]).ends(0);
    let other = ANSWERS.replace("our-tracker", "another");
    let refused = teach(&desk, &other, &[]).ends(1).err;
    assert!(refused.contains("the school's profile our-tracker is of the same headings"), "{refused}");
    assert!(
        refused.contains("save it as our-tracker, in its place, with `replace = true` in the answers"),
        "{refused}"
    );
    let refused = teach(&desk, &ANSWERS.replace("our-tracker", "marks-long"), &[]).ends(1).err;
    assert!(refused.contains("firstbell has a profile marks-long of its own: choose another name"), "{refused}");
    let profiles = desk.db.with_file_name("profiles");
    fs::copy(profiles.join("our-tracker.toml"), profiles.join("another.toml")).unwrap();
    let refused = desk.import("next.csv", TABLE, &[]).ends(3).err;
    assert!(refused.contains("fits two of the school's own profiles alike, another and our-tracker"), "{refused}");
    fs::remove_file(profiles.join("another.toml")).unwrap();
    desk.import("next.csv", TABLE, &["--dry-run"]).ends(0);
}

#[test]
fn nothing_is_saved_of_which_nobody_is_on_the_roll_unless_that_is_said() {
    let desk = Desk::harrington();
    let path = desk.folder.path().join("strangers.csv");
    fs::write(&path, "Ref,Day,Half,Sign\nX1,23/11/2026,AM,/\nX2,23/11/2026,PM,\\\n").unwrap();
    let answers = desk.folder.path().join("a.toml");
    let run = |text: &str, code: i32| {
        fs::write(&answers, text).unwrap();
        desk.run(&["profile", path.to_str().unwrap(), "--answers", answers.to_str().unwrap()]).ends(code)
    };
    let refused = run("from-mis = false\n[columns]\nRef = 'admission_no'", 1).err;
    assert!(refused.contains("nobody whom strangers.csv names is on your roll"), "{refused}");
    assert!(!desk.db.with_file_name("profiles").exists());
    run("nobody-on-roll = true\nfrom-mis = false\n[columns]\nRef = 'admission_no'", 0);
}

#[test]
fn nobodys_number_is_proposed() {
    let desk = Desk::harrington();
    let path = desk.folder.path().join("list.csv");
    let propose = |text: &str| {
        fs::write(&path, text).unwrap();
        desk.run(&["profile", path.to_str().unwrap(), "--propose"])
    };
    let table = TABLE.replace("Carer mobile", "Who").replace("07700 900001", "Mrs Khan 07700 900001, 14 Mill Lane");
    let out = propose(&table).ends(0).out;
    assert!(!out.contains("900001") && !out.contains("Mill") && !out.contains("900002"), "{out}");
    let refused = propose("Ash,Ivy,07700 900001\nRook,Ned,07700 900002\n").ends(3).err;
    assert!(refused.contains("where the heading of column 3 should be") && !refused.contains("900"), "{refused}");
    let refused = desk.import("list.csv", "Ash,Ivy,07700 900001\nRook,Ned,07700 900002\n", &[]).ends(3).err;
    assert!(!refused.contains("900001"), "{refused}");
}
