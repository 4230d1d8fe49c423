//! Registers from the command line: typed from paper, chased and put off.

use serde_json::json;

use crate::support::*;

/// Period 1 of 8KM's maths and of its art, and both again in period 2; nobody has taken them.
pub fn timetable(desk: &Desk) {
    let file = desk.folder.path().join("lessons.csv");
    let rows = [("1", 1, "8KM Maths"), ("4", 1, "8KM Maths"), ("1", 2, "8KM Art"), ("4", 4, "8KM Art")];
    let rows = rows.map(|(pupil, period, class)| format!("{pupil},2026-11-24,{period},{class},Ms Ali\n"));
    std::fs::write(&file, format!("admission_no,date,period,class,teacher\n{}", rows.concat())).unwrap();
    desk.run(&["import", file.to_str().unwrap()]).ends(0);
}

fn refused(desk: &Desk, args: &[&str]) -> String {
    let output = desk.run(&[args, &["--json"]].concat()).ends(1).json();
    output["says"].as_str().unwrap().to_owned()
}

#[test]
fn a_paper_marks_everybody_present_but_those_named_and_whoever_has_a_mark_keeps_it() {
    let desk = Desk::harrington();
    desk.run(&["report-absence", "bilal", "--code", "I", "--when", "today", "--by", "Mrs Khan"]).ends(0);
    let output = desk.run(&["register", "9bw", "jo smith=L12", "--by", "Mr Webb"]).ends(0).out;
    assert_eq!(output, "9BW register taken by Mr Webb, on paper, 1 mark.\n");
    let output = desk.run(&["register", "8KM", "amira=/", "4=-", "--json"]).ends(0).json();
    assert!(
        output["says"].as_str().unwrap().starts_with("8KM register taken by Mrs Kemp, on paper, 1 mark"),
        "{output}"
    );
    let marks = desk.ask("SELECT pupil || ' ' || code FROM mark WHERE session = 'AM' AND code <> '' ORDER BY pupil");
    let marks: Vec<String> = marks.concat().into_iter().flatten().collect();
    assert_eq!(marks, ["1 /", "2 I", "3 N", "4 /", "5 L", "6 L", "7 N"]);
    desk.run(&["undo"]).ends(0);
    for (args, text) in [
        (&["register", "8KM", "kofi=N"][..], "nobody of 8KM is called “kofi”"),
        (&["register", "8KM", "amira=ZZ"], "Khan, Amira 8KM: ZZ is not an attendance code"),
        (&["register", "8KM", "amira=L1000"], "Khan, Amira 8KM: minutes late have at most 3 digits"),
        (&["register", "8KM", "amira=L41"], "Khan, Amira 8KM: 09:21 has not come yet: it is 09:20"),
        (&["register", "8KM", "amira=N", "khan=/"], "Khan, Amira 8KM is named twice"),
        (&["register", "8KM"], "nobody of 8KM would be marked by it: name whose mark is another"),
        (&["register", "9ZZ"], "there is no tutor group “9ZZ”, and no class of that name today"),
        (
            &["register", "8KM", "--session", "PM"],
            "Tue 24 Nov PM has not begun: report the absence instead of marking it",
        ),
    ] {
        assert_eq!(refused(&desk, args), text);
    }
    desk.run(&["register", "8KM", "amira"]).ends(2);
}

#[test]
fn a_lesson_s_register_is_typed_and_chased_by_its_class() {
    let desk = Desk::harrington();
    timetable(&desk);
    assert_eq!(desk.run(&["chase", "8km maths", "--by", "radio"]).ends(0).out, "Chased 8KM Maths by radio.\n");
    let text = refused(&desk, &["chase", "8KM Art"]);
    assert_eq!(text, "“8KM Art” is taught more than once today: name one of P2 8KM Art, P4 8KM Art");
    let output = desk.run(&["register", "P1 8KM Maths", "amira=N"]).ends(0).out;
    assert_eq!(output, "8KM Maths register taken by Ms Ali, on paper, 2 marks.\n");
    let card = desk.run(&["who", "4", "--json"]).rows().remove(0);
    assert_eq!(card["lessons"][0]["mark"]["code"], "/");
    assert_eq!(refused(&desk, &["register", "P1 8KM Maths", "jo=N"]), "nobody of P1 8KM Maths is called “jo”");
}

#[test]
fn a_register_is_put_off() {
    let desk = Desk::harrington();
    assert_eq!(desk.run(&["snooze", "10dp", "09:40"]).ends(0).out, "10DP put off until 09:40.\n");
    assert_eq!(desk.run(&["unmarked", "--json"]).rows().pop().unwrap()["put_off_until"], json!("09:40"));
    assert_eq!(desk.run(&["snooze", "10DP"]).ends(0).out, "10DP put off until 09:30.\n");
    assert_eq!(refused(&desk, &["snooze", "10DP", "09:20"]), "09:20 has gone by: put it off to a later time");
    assert_eq!(refused(&desk, &["snooze", "8KM Maths"]), "there is no tutor group “8KM Maths”");
}
