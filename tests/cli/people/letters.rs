//! Letters by command: suggested, listed and counted, made, printed again, sent; and who never gets one.

use std::path::Path;

use firstbell::config;
use firstbell::domain::act::Officer;
use firstbell::domain::school::staff::{Member, Role};
use serde_json::Value;

use crate::support::*;

/// Harrington High with ten sessions of O in the week before, of Amira; and rules that leave nobody out.
fn desk() -> Desk {
    let desk = Desk::harrington();
    let mut marks = "admission_no,date,session,code\n".to_owned();
    for day in 16..=20 {
        marks += &format!("1,2026-11-{day},AM,O\n1,2026-11-{day},PM,O\n");
    }
    marks += "1,2026-11-23,AM,/\n1,2026-11-23,PM,\\\n";
    desk.import("marks.csv", &marks, &[]).ends(0);
    change_settings(&desk.db, |school| {
        for rule in &mut school.letter_rules {
            (rule.not_for, rule.sessions) = (vec![], 5);
        }
    });
    desk
}

/// The folder for letters: it is made where it is not.
fn post(desk: &Desk) -> String {
    let post = desk.folder.path().join("post");
    post.to_str().unwrap().to_owned()
}

fn made(desk: &Desk, args: &[&str]) -> Vec<Value> {
    desk.run(&[&["letter", "make"], args, &["--out", &post(desk), "--json"]].concat()).ends(0).rows()
}

/// What the file in the folder that ends so holds.
fn file(folder: &Path, ending: &str) -> String {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = all.filter(|path| path.extension().is_some_and(|one| one == ending)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    std::fs::read_to_string(found.remove(0)).unwrap()
}

#[test]
fn a_letter_is_suggested_counted_made_and_followed() {
    let desk = desk();
    let rows = desk.run(&["letter", "suggest", "--json"]).ends(0).rows();
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row["admission_no"] == "1")
        .map(|row| format!("{}: {}", row["letter"].as_str().unwrap(), row["why"].as_str().unwrap()))
        .collect();
    assert_eq!(told[1], "penalty-warning: 11 sessions unauthorised within 10 school weeks");
    assert!(told[0].starts_with("concern-2: attendance ") && told.len() == 2, "{told:?}");
    let make = ["letter", "make", "penalty-warning", "--suggested", "--out", &post(&desk)];
    let listed = desk.run(&make).ends(0).out;
    assert!(listed.contains("2 letters, 2 of them to be handed over; 0 not made"), "{listed}");
    assert!(listed.contains("Khan, Amira, 8KM: to Mrs Khan, mother") && listed.ends_with("--confirm 2\n"), "{listed}");
    let acts = || desk.ask("SELECT count(*) FROM act").remove(0).remove(0);
    let before = acts();
    let refused = desk.run(&[&make[..], &["--confirm", "3"]].concat()).ends(1).err;
    assert_eq!(refused.trim_end(), "firstbell: that is 2 letters now, and not 3: nothing was made");
    assert_eq!(acts(), before);
    let rows = made(&desk, &["penalty-warning", "--suggested", "--confirm", "2"]);
    let numbers: Vec<String> = rows.iter().map(|row| row["letter"].to_string()).collect();
    let (mother, father) = (numbers[0].as_str(), numbers[1].as_str());
    let folder = desk.folder.path().join("post");
    let (page, table) = (file(&folder, "html"), file(&folder, "csv"));
    assert_eq!(page.matches("<article>").count(), 2);
    assert!(page.contains("Dear Mrs Khan") && page.contains("Dear Mr Khan"), "{page}");
    assert_eq!(csv::Reader::from_reader(table.as_bytes()).records().count(), 2, "{table}");
    let again: Vec<Value> = desk.run(&["letter", "suggest", "--json"]).ends(0).rows();
    let again: Vec<&Value> = again.iter().filter(|row| row["letter"] == "penalty-warning").collect();
    assert_eq!(again[0]["against"], "the same letter was made that day");
    // Followed.
    desk.run(&["letter", "sent", mother, "--by", "hand", "--at", "09:10", "--who", "Ms Cole"]).ends(0);
    let text = desk.run(&["letter", "returned", mother]).ends(1).err;
    assert!(text.contains("the letter was handed over: it cannot have come back"), "{text}");
    assert!(desk.run(&["letter", "returned", father]).ends(1).err.contains("the letter was not sent yet"));
    desk.run(&["letter", "sent", father, "--by", "post"]).ends(0);
    desk.run(&["letter", "sent", father, "--by", "post"]).ends(1);
    desk.run(&["letter", "returned", father, "--words", "gone away"]).ends(0);
    let text = desk.run(&["undo", mother]).ends(1).err;
    assert!(text.contains("the letter was sent: take that back first"), "{text}");
    let lines = desk.run(&["chronology", "1", "--json"]).ends(0).rows();
    let told: Vec<String> = lines
        .iter()
        .filter(|line| line["kind"] == "letter")
        .map(|line| format!("{}: {}", line["with"].as_str().unwrap(), line["what"].as_str().unwrap()))
        .collect();
    for line in [
        "Mrs Khan: letter penalty-warning made, of ",
        "Mrs Khan: letter penalty-warning of Tue 24 Nov 2026 handed over by Ms Cole",
        "Mr Khan: letter penalty-warning of Tue 24 Nov 2026 came back: gone away",
    ] {
        assert!(told.iter().any(|told| told.starts_with(line)), "{line}\n{told:#?}");
    }
    assert_eq!(told.len(), 5, "{told:#?}");
    // It is evidence for a stage: the mother's went.
    change_settings(&desk.db, |school| {
        school.case_stages[3].evidence = vec![firstbell::domain::facts::case_event_kind::EventKind::Letter];
    });
    desk.run(&["case", "open", "1", "--why", "O"]).ends(0);
    let moved = desk.run(&["case", "stage", "1", "panel"]).ends(0).out;
    assert!(!moved.contains("not done before"), "{moved}");
}

#[test]
fn a_letter_is_printed_again_as_it_was_whatever_the_marks_are_now() {
    let desk = desk();
    let number = made(&desk, &["concern-1", "1", "--confirm", "2"])[0]["letter"].to_string();
    let print = |name: &str| {
        let to = desk.folder.path().join(name);
        desk.run(&["letter", "print", &number, "--out", to.to_str().unwrap()]).ends(0);
        std::fs::read(to).unwrap()
    };
    let (page, text) = (print("a.html"), print("a.txt"));
    desk.run(&["mark", "1", "I", "--date", "2026-11-16", "--session", "AM", "--reason", "letter of the surgery"])
        .ends(0);
    desk.run(&["correct", "contact", "1", "--contact", "1", "--number", "07700 900999"]).ends(0);
    change_settings(&desk.db, |school| school.letter_heading = vec!["Elsewhere".to_owned()]);
    std::fs::create_dir(desk.folder.path().join("letters")).unwrap();
    std::fs::write(desk.folder.path().join("letters/concern-1.txt"), "Ours").unwrap();
    assert_eq!((print("b.html"), print("b.txt")), (page, text.clone()));
    assert!(String::from_utf8(text).unwrap().contains("Our reference: "));
    let printed = desk.run(&["letter", "print", &number]).ends(0).out;
    assert!(printed.contains("Dear Mrs Khan") && !printed.contains('\u{c}'), "{printed}");
    // Taken back, it is none.
    desk.run(&["undo", &number]).ends(0);
    desk.run(&["letter", "print", &number]).ends(1);
    desk.run(&["letter", "print", "1"]).ends(1);
}

#[test]
fn nobody_who_is_barred_gets_a_letter_and_that_is_told() {
    let desk = desk();
    desk.run(&["bar", "1", "--contact", "2", "--reason", "court order"]).ends(0);
    let rows = made(&desk, &["concern-1", "1", "--also", "2"]);
    assert_eq!((rows[0]["to"].as_str(), rows[0]["lacks"].as_array().map(Vec::len)), (Some("Mrs Khan"), Some(0)));
    assert_eq!(rows[1]["lacks"][0], "Mr Khan must not be contacted (court order)");
    desk.run(&["letter", "make", "concern-1", "1", "--out", &post(&desk), "--confirm", "2"]).ends(1);
    let rows = made(&desk, &["concern-1", "1", "--confirm", "1"]);
    assert_eq!((rows[1]["to"].as_str(), &rows[1]["letter"]), (Some("Mr Khan"), &Value::Null));
    let page = file(&desk.folder.path().join("post"), "html");
    assert!(page.matches("<article>").count() == 1 && !page.contains("Mr Khan"), "{page}");
}

#[test]
fn what_a_letter_lacks_is_told_and_it_is_not_made() {
    let desk = desk();
    for (letter, lacks) in [
        ("leave-refused", "leave that was refused"),
        ("notice-to-improve", "a notice to improve to this parent in the case file"),
        ("panel-invite", "when and where the meeting is"),
        ("after-meeting", "a meeting in the case file"),
        ("late-closed", "days to be listed in these dates"),
    ] {
        let rows = made(&desk, &[letter, "1"]);
        assert_eq!(rows[0]["lacks"][0], lacks, "{letter}");
    }
    desk.run(&["letter", "make", "late-closed", "1", "--out", &post(&desk), "--confirm", "0"]).ends(1);
    desk.run(&["case", "add", "improvement", "1", "--parent", "1", "--start", "2026-10-12"]).ends(0);
    let rows = made(&desk, &["notice-to-improve", "1", "--confirm", "1"]);
    assert_eq!((rows[0]["to"].as_str(), rows[1]["lacks"].as_array().map(Vec::len)), (Some("Mrs Khan"), Some(1)));
    let text = file(&desk.folder.path().join("post"), "txt");
    assert!((1..=8).all(|part| text.contains(&format!("\n{part}. "))), "{text}");
    let meeting = ["--meeting-on", "2026-12-01", "--meeting-at", "09:30", "--place", "Room 3"];
    let rows = made(&desk, &[&["panel-invite", "1"], &meeting[..]].concat());
    assert_eq!(rows[0]["lacks"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_template_of_the_school_s_own_overrides_and_a_bad_one_is_refused_with_its_line() {
    let desk = desk();
    let folder = desk.folder.path().join("letters");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("clinic.txt"), "{# Clinic of the nurse. #}\nDear {{ parent.name }}").unwrap();
    let listed = desk.run(&["letter"]).ends(0).out;
    assert!(listed.contains("clinic: Clinic of the nurse. The school's own, least role officer."), "{listed}");
    assert!(listed.contains("penalty-warning: Warning that a penalty notice may follow. Built in, least role lead."));
    std::fs::write(folder.join("clinic.txt"), "Dear\n{{ parent.phone }}").unwrap();
    for args in [&["letter"][..], &["letter", "make", "concern-1", "1", "--out", "."]] {
        let text = desk.run(args).ends(1).err;
        assert!(
            text.contains("clinic.txt, line 2: there is no field “parent.phone”: docs/casework.md lists them"),
            "{text}"
        );
    }
    std::fs::remove_file(folder.join("clinic.txt")).unwrap();
    let text = desk.run(&["letter", "make", "clinic", "1", "--out", "."]).ends(1).err;
    assert!(text.contains("there is no letter “clinic”: `firstbell letter` lists them"), "{text}");
}

#[test]
fn notices_and_penalty_warnings_are_a_lead_s() {
    let desk = desk();
    let Officer { login, .. } = config::officer(&[], true, None).unwrap();
    let list = |role| {
        let [login, name, post] = [&login, "T Self", "office"].map(str::to_owned);
        let own = Member { login, name, post, role };
        let head = Member { login: "head".to_owned(), role: Role::Admin, ..own.clone() };
        change_settings(&desk.db, |school| school.staff = vec![own, head]);
    };
    for (letter, roles) in [
        ("concern-1", &[Role::Officer, Role::Lead, Role::Admin][..]),
        ("penalty-warning", &[Role::Lead, Role::Admin]),
        ("notice-to-improve", &[Role::Lead, Role::Admin]),
    ] {
        for role in Role::ALL.iter().copied() {
            list(role);
            let output = desk.run(&["letter", "make", letter, "1", "--out", &post(&desk), "--json"]);
            let refused = output.out.contains("\"refused\":\"not-allowed\"");
            assert_eq!(!refused, roles.contains(&role), "{letter} by {role}: {}{}", output.out, output.err);
        }
    }
}
